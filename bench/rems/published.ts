/**
 * What REMS publishes about itself (CSCfi/rems as of 12 May 2026, after v2.39.1), beside which the figures of the same
 * size stand. It was not run here, and machines differ: these are no results of this bench.
 */
export const PUBLISHED = {
  nothing: '–',
  start:
    'rebuilding the caches of 1,000 applications × 5 events took about 10 s; 3,000 × 24 with 100 handlers more than 30 s and timeouts, before v2.38 (docs/architecture/022-caches.md)',
  desk: 'a change of a workflow that recomputes 2,999 applications takes about 5 s since v2.38 (docs/architecture/022-caches.md)',
  memory:
    '3,000 applications, 72,000 events, 1,000 users, 1,000 items fit in 2 GB (docs/architecture/022-caches.md); about 4 GB advised (CHANGELOG v2.38)',
  list: 'the first list after a start 3 to 4 s, then about 30 ms, at 1,000 applications in 2019 (pull request 1114)',
  commands:
    'one command at a time for the whole instance; whoever waits longer than 10 s is answered 503 (ADR 010); no rate published',
} as const;
export type Published = keyof typeof PUBLISHED;
