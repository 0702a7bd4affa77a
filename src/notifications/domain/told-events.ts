/** Chapters whose events people are told of, with the circles of people there are around each. */
export const CIRCLES = {
  application: [
    'handlers',
    'signatories',
    'applicants',
    'members',
    'member',
    'desk',
    'officers',
    'assignee',
    'reviewers',
    'supervisors',
    'everyone',
  ],
  grant: ['users', 'signatories', 'reviewers', 'supervisors', 'everyone'],
  violation: ['users', 'supervisors', 'concerned'],
  sanction: ['users', 'supervisors'],
  demand: ['asker', 'stewards', 'supervisors'],
  evidence: ['owners', 'judges'],
  assessment: ['proposer', 'bringers', 'stewards'],
  objection: ['objector', 'stewards', 'officers'],
  organisation: ['people'],
  complaint: ['complainant', 'holder', 'authority'],
} as const;

export type SubjectKind = keyof typeof CIRCLES | 'reminder';

interface Places {
  /** Every event of the chapter says them. */
  readonly always: readonly string[];
  readonly sometimes: readonly string[];
}

const PLACES: Readonly<Record<SubjectKind, Places>> = {
  application: { always: ['number', 'dataset', 'holder'], sometimes: ['due', 'until'] },
  grant: { always: ['dataset'], sometimes: ['number', 'until'] },
  violation: { always: ['violation', 'hearing'], sometimes: ['dataset', 'cure'] },
  sanction: { always: ['step'], sometimes: ['until'] },
  demand: { always: ['holder', 'due'], sometimes: ['dataset'] },
  evidence: { always: ['proof'], sometimes: ['until'] },
  assessment: { always: ['dataset', 'wanted'], sometimes: [] },
  objection: { always: ['dataset', 'wanted'], sometimes: [] },
  organisation: { always: [], sometimes: [] },
  complaint: { always: ['number', 'dataset', 'holder', 'due'], sometimes: [] },
  reminder: { always: ['day'], sometimes: [] },
};

/** What single events say beside their chapter. */
const OF_EVENT: Readonly<Record<string, readonly string[]>> = {
  'application.overdue': ['kind', 'day'],
  'application.tier-changed': ['tier'],
  'application.proceeding-recorded': ['proceeding'],
  'application.proceeding-ended': ['proceeding', 'result'],
  'grant.suspended': ['cause'],
  'grant.resumed': ['cause'],
  'grant.duty-missed': ['duty', 'by'],
  'violation.sanctioned': ['step'],
  'violation.escalated': ['step'],
  'demand.answered': ['outcome'],
  'complaint.answered': ['outcome'],
  // Of a case its number, of a case or grant its dataset, of evidence what it proves: no text of another names them.
  'reminder.due': ['number', 'dataset', 'proof'],
};

export const subjectOf = (event: string): SubjectKind => event.split('.')[0] as SubjectKind;
export const isKnownEvent = (event: string): boolean => subjectOf(event) in PLACES;
export const alwaysFilled = (event: string): readonly string[] => [
  ...PLACES[subjectOf(event)].always,
  ...(OF_EVENT[event] ?? []),
];
export const mayBeFilled = (event: string): readonly string[] => PLACES[subjectOf(event)].sometimes;
