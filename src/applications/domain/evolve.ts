import type { Id } from '../../kernel/ids.js';
import { dayOf } from '../../kernel/time.js';
import type { Application, ApplicationState, Stage } from './application.js';
import { type Deadline, end } from './deadlines.js';
import type { ApplicationEvent, DataOf } from './events.js';

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
    number: null,
    state: 'draft',
    stage: null,
    applicant: data.applicant,
    holder: data.holder,
    request: data.request,
    tiers: data.tiers,
    agreementTemplate: data.agreementTemplate,
    copiedFrom: data.copiedFrom ?? null,
    createdAt: at,
    submittedAt: null,
    assignee: null,
    applicantSide: [by],
    acted: { holder: [], authority: [] },
    conflicts: [],
    passed: {},
    defects: [],
    questions: [],
    advice: null,
    outcomes: [],
    reasons: [],
    accepted: null,
    deadlines: [],
  };
}

/** Where a correction or a consultation returns to: before acceptance to `submitted`, after it to the holder's review. */
const resumed = (state: Application, deadlines: readonly Deadline[]) =>
  ({ state: state.stage === null ? 'submitted' : 'in-review', defects: [], deadlines }) as const;

/** The state after an event. Total: an event that was accepted once folds for ever. */
export function evolve(id: Id, state: Application | null, event: ApplicationEvent): Application {
  if (event.event === 'application.created') return created(id, event, event.data);
  if (state === null) throw new Error(`application ${id} begins with ${event.event}`);
  return { ...state, ...changed(state, event) };
}

function changed(
  state: Application,
  event: Exclude<ApplicationEvent, { event: 'application.created' }>,
): Partial<Application> {
  const { by } = event;
  switch (event.event) {
    case 'application.changed':
      return { ...event.data, ...forApplicant(state, by) };
    case 'application.submitted': {
      const { number, deadlines } = event.data;
      return { state: 'submitted', number, deadlines, submittedAt: event.at, ...forApplicant(state, by) };
    }
    case 'application.corrected':
      return { ...resumed(state, event.data.deadlines), ...forApplicant(state, by) };
    case 'application.withdrawn':
      return { ...closing('withdrawn', event.data.deadlines), ...forApplicant(state, by) };
    case 'application.correction-requested': {
      const { stage, defects, deadlines } = event.data;
      return { state: 'needs-correction', defects, deadlines, ...acting(state, stage, by) };
    }
    case 'application.accepted':
      return {
        state: 'in-review',
        stage: 'holder',
        deadlines: event.data.deadlines,
        ...acting(state, event.data.stage, by),
      };
    case 'application.claimed':
      return { assignee: by };
    case 'application.released':
      return { assignee: null };
    case 'application.reassigned':
      return { assignee: event.data.to };
    case 'application.conflict-declared':
      return { conflicts: adding(state.conflicts, by), assignee: state.assignee === by ? null : state.assignee };
    case 'application.passed':
      return { passed: { ...state.passed, [event.data.stage]: event.data.to }, assignee: null };
    case 'application.asked': {
      const questions = [...state.questions, { number: event.data.question, answered: false }];
      return { questions, ...acting(state, event.data.stage, by) };
    }
    case 'application.answered': {
      const questions = state.questions.map((one) =>
        one.number === event.data.question ? { ...one, answered: true } : one,
      );
      return { questions, ...forApplicant(state, by) };
    }
    case 'application.remarked':
      return {};
    case 'application.advised': {
      const { stage, next, recommendation } = event.data;
      return { stage: next, assignee: null, advice: { recommendation, by }, ...acting(state, stage, by) };
    }
    case 'application.approved':
    case 'application.partly-approved': {
      const { outcomes, deadlines, stage, agreement } = event.data;
      const ended = event.event === 'application.approved' ? 'approved' : 'partly-approved';
      const ruled = { ...closing(ended, deadlines), outcomes, agreementTemplate: agreement.template };
      return { ...ruled, ...acting(state, stage, by) };
    }
    case 'application.refused': {
      const { reasons, deadlines, stage } = event.data;
      return { ...closing('refused', deadlines), reasons, ...acting(state, stage, by) };
    }
    case 'application.agreement-accepted': {
      const { template, version, hash } = event.data;
      return { accepted: { template, version, hash, at: event.at, by }, ...forApplicant(state, by) };
    }
    case 'application.concluded':
      return { state: 'concluded' };
    case 'application.closed':
      return closing('closed', event.data.deadlines);
    case 'application.abandoned':
      return closing('abandoned', event.data.deadlines);
    default:
      return event satisfies never;
  }
}

export const fold = (id: Id, events: readonly ApplicationEvent[]): Application => {
  const state = events.reduce<Application | null>((before, event) => evolve(id, before, event), null);
  if (state === null) throw new Error(`application ${id} has no events`);
  return state;
};

/** The deadlines when the case ends today. */
export const endAll = (state: Application, at: number): readonly Deadline[] =>
  end(state.deadlines, ['acceptance', 'correction', 'decision'], dayOf(at));
