import type { Id } from '../../kernel/ids.js';
import { dayOf } from '../../kernel/time.js';
import type { Application, ApplicationState, Stage } from './application.js';
import { type Deadline, end } from './deadlines.js';
import type { ApplicationEvent, DataOf, EventName } from './events.js';
import { allRefused } from './rulings.js';

const adding = (ids: readonly Id[], id: Id): readonly Id[] => (ids.includes(id) ? ids : [...ids, id]);

const acting = (state: Application, stage: Stage, by: Id): Pick<Application, 'acted'> => ({
  acted: { ...state.acted, [stage]: adding(state.acted[stage], by) },
});

const forApplicant = (state: Application, by: Id): Pick<Application, 'applicantSide'> => ({
  applicantSide: adding(state.applicantSide, by),
});

const closing = (ended: ApplicationState, deadlines: readonly Deadline[]) =>
  ({ state: ended, stage: null, assignee: null, deadlines }) as const;

function created(id: Id, { by, at }: ApplicationEvent, data: DataOf<'application.created'>): Application {
  return {
    id,
    ...(data.kind === undefined ? {} : { kind: data.kind }),
    number: null,
    state: 'draft',
    stage: null,
    applicant: data.applicant,
    holder: data.holder,
    request: data.request,
    tiers: data.tiers,
    agreementTemplate: data.agreementTemplate,
    copiedFrom: data.copiedFrom ?? null,
    ...(data.succeeds === undefined ? {} : { succeeds: data.succeeds }),
    createdAt: at,
    submittedAt: null,
    assignee: null,
    applicantSide: [by],
    acted: { holder: [], authority: [] },
    conflicts: [],
    passed: {},
    defects: [],
    questions: [],
    extension: null,
    advice: null,
    refusedBy: [],
    appeal: null,
    outcomes: [],
    reasons: [],
    accepted: null,
    deadlines: [],
  };
}

/** Where a correction or a consultation returns to: before acceptance to `submitted`, after it to the holder's review. */
const resumed = (state: Application, deadlines: readonly Deadline[]) =>
  ({ state: state.stage === null ? 'submitted' : 'in-review', defects: [], deadlines }) as const;

type Fold<Name extends EventName> = (
  state: Application,
  data: DataOf<Name>,
  by: Id,
  at: number,
) => Partial<Application>;
type Later = Exclude<EventName, 'application.created'>;

const ruled = (to: 'approved' | 'partly-approved'): Fold<'application.approved' | 'application.partly-approved'> => {
  return (state, { outcomes, deadlines, stage, agreement }, by) => ({
    ...closing(to, deadlines),
    ...acting(state, stage, by),
    outcomes,
    agreementTemplate: agreement.template,
  });
};

/** The refusal stands no longer, and what was filed against it contests nothing that will be ruled. */
function reopened({ proceedings }: Application): Partial<Application> {
  const ruling = { state: 'in-review', stage: 'authority', outcomes: [], reasons: [] } as const;
  if (proceedings === undefined) return ruling;
  return { ...ruling, proceedings: proceedings.map((one) => ({ ...one, earlier: true })) };
}

/** What each event changes. */
const FOLDS: { readonly [Name in Later]: Fold<Name> } = {
  'application.changed': (state, data, by) => ({ ...data, ...forApplicant(state, by) }),
  'application.submitted': (state, { number, deadlines, enters }, by, at) => ({
    ...forApplicant(state, by),
    ...(enters === undefined ? { state: 'submitted' } : { state: 'in-review', stage: enters }),
    submittedAt: at,
    number,
    deadlines,
  }),
  'application.corrected': (state, { deadlines }, by) => ({ ...resumed(state, deadlines), ...forApplicant(state, by) }),
  'application.withdrawn': (state, { deadlines }, by) => ({
    ...closing('withdrawn', deadlines),
    ...forApplicant(state, by),
  }),
  'application.correction-requested': (state, { stage, defects, deadlines }, by) => ({
    ...acting(state, stage, by),
    state: 'needs-correction',
    defects,
    deadlines,
  }),
  'application.accepted': (state, { stage, deadlines }, by) => ({
    ...acting(state, stage, by),
    state: 'in-review',
    stage: 'holder',
    deadlines,
  }),
  'application.claimed': (_state, _data, by) => ({ assignee: by }),
  'application.released': () => ({ assignee: null }),
  'application.reassigned': (_state, { to }) => ({ assignee: to }),
  'application.conflict-declared': (state, _data, by) => ({
    conflicts: adding(state.conflicts, by),
    assignee: state.assignee === by ? null : state.assignee,
  }),
  'application.passed': (state, { stage, to }) => ({ passed: { ...state.passed, [stage]: to }, assignee: null }),
  'application.asked': (state, { stage, question }, by) => ({
    ...acting(state, stage, by),
    questions: [...state.questions, { number: question, answered: false }],
  }),
  'application.answered': (state, { question }, by) => ({
    ...forApplicant(state, by),
    questions: state.questions.map((one) => (one.number === question ? { ...one, answered: true } : one)),
  }),
  'application.remarked': () => ({}),
  'application.consulted': (state, { stage, deadlines }, by) => ({
    ...acting(state, stage, by),
    state: 'consulting',
    deadlines,
  }),
  'application.consultation-recorded': (state, { stage, deadlines }, by) => ({
    ...acting(state, stage, by),
    state: 'in-review',
    deadlines,
  }),
  'application.consultation-lapsed': (_state, { deadlines }) => ({ state: 'in-review', deadlines }),
  'application.extension-proposed': (state, { stage, reason }, by) => ({
    ...acting(state, stage, by),
    extension: { reason, by },
  }),
  'application.extended': (state, { stage, deadlines }, by) => ({
    ...acting(state, stage, by),
    extension: null,
    deadlines,
  }),
  'application.member-added': (state, { subject }, by) => ({
    ...forApplicant(state, by),
    request: { ...state.request, members: adding(state.request.members, subject) },
  }),
  'application.member-removed': (state, { subject }, by) => ({
    ...forApplicant(state, by),
    request: { ...state.request, members: state.request.members.filter((one) => one !== subject) },
  }),
  'application.advised': (state, { stage, next, recommendation }, by) => ({
    ...acting(state, stage, by),
    stage: next,
    assignee: null,
    extension: null,
    advice: { recommendation, by },
  }),
  'application.approved': ruled('approved'),
  'application.partly-approved': ruled('partly-approved'),
  'application.refused': (state, { reasons, deadlines, stage }, by) => ({
    ...closing('refused', deadlines),
    ...acting(state, stage, by),
    refusedBy: adding(state.refusedBy, by),
    outcomes: allRefused(state.request),
    reasons,
  }),
  'application.appealed': (state, { reason }, by, at) => ({
    ...forApplicant(state, by),
    appeal: { reason, at, outcome: null },
  }),
  'application.appeal-decided': (state, { outcome, deadlines }) => ({
    deadlines,
    // A review that was decided stays as it was when a proceeding opens the case later.
    ...(state.appeal?.outcome === null ? { appeal: { ...state.appeal, outcome } } : {}),
    ...(outcome === 'upheld' ? {} : reopened(state)),
  }),
  'application.proceeding-recorded': (state, { kind, forum, filedOn, reference }) => ({
    proceedings: [...(state.proceedings ?? []), { kind, forum, filedOn, reference, ended: null }],
  }),
  'application.proceeding-ended': ({ proceedings = [] }, { kind, outcome, on, text }) => ({
    proceedings: proceedings.map((one) =>
      one.kind === kind && one.ended === null ? { ...one, ended: { outcome, on, text } } : one,
    ),
  }),
  'application.agreement-accepted': (state, { template, version, hash, execution, document }, by, at) => ({
    ...forApplicant(state, by),
    accepted: { template, version, hash, at, by, ...(execution && { execution }), ...(document && { document }) },
    ...(document === undefined ? {} : { sealed: adding(state.sealed ?? [], document) }),
  }),
  'application.agreement-counter-signed': (state, _data, by, at) => ({
    ...acting(state, 'holder', by),
    accepted: state.accepted && { ...state.accepted, counterSigned: { at, by } },
  }),
  'application.agreement-returned': (state, _data, by) => ({ ...acting(state, 'holder', by), accepted: null }),
  'application.concluded': () => ({ state: 'concluded' }),
  'application.closed': (_state, { deadlines }) => closing('closed', deadlines),
  'application.calendar-applied': (_state, { deadlines }) => ({ deadlines }),
  'application.tier-changed': () => ({}),
  'application.use-restricted': () => ({}),
  'application.overdue': (_state, { deadlines }) => ({ deadlines }),
  'application.abandoned': (_state, { deadlines }) => closing('abandoned', deadlines),
};

/** The state after an event. Total: an event that was accepted once folds for ever. */
export function evolve(id: Id, state: Application | null, event: ApplicationEvent): Application {
  if (event.event === 'application.created') return created(id, event, event.data);
  if (state === null) throw new Error(`application ${id} begins with ${event.event}`);
  const folds = FOLDS[event.event] as Fold<Later>;
  return { ...state, ...folds(state, event.data, event.by, event.at) };
}

export const fold = (id: Id, events: readonly ApplicationEvent[]): Application => {
  const state = events.reduce<Application | null>((before, event) => evolve(id, before, event), null);
  if (state === null) throw new Error(`application ${id} has no events`);
  return state;
};

/** The deadlines when the case ends today. */
export const endAll = (state: Application, at: number): readonly Deadline[] =>
  end(state.deadlines, ['acceptance', 'correction', 'decision'], dayOf(at));
