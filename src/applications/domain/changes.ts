import { canonicalJson } from '../../kernel/canonical.js';
import type { Application, ApplicationRequest } from './application.js';
import type { ApplicationEvent } from './events.js';
import { evolve } from './evolve.js';

/** One place of a request that was written anew; null stands for nothing. */
export interface Change {
  /** Where in the request: members of lists by the dataset, condition or field they are about. */
  readonly pointer: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** The places of a request, each with what stands there; places with nothing are left out. */
function placesOf({ datasets, purpose, period, evidence, form, ...rest }: ApplicationRequest): Map<string, unknown> {
  const { delivery, members, securityPlan, attachments = [] } = rest;
  const single: Readonly<Record<string, unknown>> = {
    '/purpose/category': purpose.category,
    '/purpose/scenario': purpose.scenario,
    '/purpose/project': purpose.project,
    '/delivery': delivery,
    '/period/from': period.from,
    '/period/to': period.to,
    '/members': members.length === 0 ? undefined : members.toSorted(),
    '/securityPlan': securityPlan === '' ? undefined : securityPlan,
    '/attachments': attachments.length === 0 ? undefined : attachments.toSorted(),
  };
  const listed = [
    ...datasets.map(({ dataset, items }) => [`/datasets/${dataset}`, { items: items.toSorted() }] as const),
    ...evidence.map(({ condition, ...proof }) => [`/evidence/${condition}`, proof] as const),
    ...Object.entries(form?.answers ?? {}).map(([name, answer]) => [`/form/answers/${name}`, answer] as const),
  ];
  return new Map([...Object.entries(single), ...listed].filter(([, value]) => value !== undefined));
}

const isSame = (one: unknown, other: unknown): boolean => canonicalJson(one) === canonicalJson(other);

/** What one request says otherwise than another, in the order of the request. */
export function changesBetween(before: ApplicationRequest, after: ApplicationRequest): Change[] {
  const [old, now] = [placesOf(before), placesOf(after)];
  return [...new Set([...now.keys(), ...old.keys()])]
    .map((pointer) => ({ pointer, before: old.get(pointer) ?? null, after: now.get(pointer) ?? null }))
    .filter((change) => !isSame(change.before, change.after));
}

const SENT: ReadonlySet<ApplicationEvent['event']> = new Set(['application.submitted', 'application.corrected']);

/**
 * What the applicant changed: while a request is open for correction, since it was last sent; after that, from the
 * sending before the last to the last. Null where it was sent once and nothing can be compared yet.
 */
export function changesSinceSent(events: readonly ApplicationEvent[]): Change[] | null {
  const sent: ApplicationRequest[] = [];
  let state: Application | null = null;
  for (const event of events) {
    const next: Application = evolve('', state, event);
    if (SENT.has(event.event)) sent.push(next.request);
    state = next;
  }
  const [last, previous] = [sent.at(-1), sent.at(-2)];
  if (state?.state === 'needs-correction' && last !== undefined) return changesBetween(last, state.request);
  return last === undefined || previous === undefined ? null : changesBetween(previous, last);
}
