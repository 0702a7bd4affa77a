import { ANONYMOUS } from '../kernel/principal.js';
import type { Id } from '../kernel/ids.js';
import type { Reader } from '../persistence/index.js';
import type { Application, Stage } from './domain/application.js';
import type { Facts, Rules } from './domain/facts.js';
import { awaitingHolder } from './domain/decide-agreement.js';
import { awaitsReview } from './domain/decide-appeal.js';
import { deskAt, exclusionOf, seatOf } from './domain/separation.js';
import { stageOf } from './domain/workflow.js';
import type { FactsLoader } from './facts-loader.js';

/** The officers a case concerns now; every one of them sees it. */
export interface Concerned {
  readonly application: Application;
  /** Who may act at the stage that has the case: holders of the post, then deputies; nobody where no stage has it. */
  readonly desk: readonly Id[];
  /** Whoever claimed it; else the desk; where no stage has it any more, those who acted in it and still may. */
  readonly officers: readonly Id[];
}

export async function concernedBy(
  rules: Rules,
  loader: FactsLoader,
  reader: Reader,
  application: Application,
): Promise<Concerned> {
  const facts = await loader.about(reader, ANONYMOUS, application);
  const stage = atStage(application, facts);
  const desk = stage === null ? [] : mayAct(rules, application, stage, facts);
  const { assignee } = application;
  const claimed = assignee !== null && desk.includes(assignee) ? [assignee] : desk;
  return { application, desk, officers: stage === null ? whoActed(rules, application, facts) : claimed };
}

/** A review of a refusal lies with the authority, a counter-signature with the holder, though the case is at no stage. */
function atStage(application: Application, facts: Facts): Stage | null {
  if (awaitsReview(application)) return 'authority';
  return awaitingHolder(application, facts) === null ? stageOf(application) : 'holder';
}

const mayAct = (rules: Rules, application: Application, stage: Stage, facts: Facts): Id[] => [
  ...new Set(
    deskAt(rules, application, stage, facts)
      .seats.filter((seat) => exclusionOf(application, stage, seat, facts) === null)
      .map(({ person }) => person),
  ),
];

const whoActed = (rules: Rules, application: Application, facts: Facts): Id[] =>
  (['holder', 'authority'] as const).flatMap((stage) =>
    application.acted[stage].filter((person) => seatOf(rules, application, stage, facts, person) !== undefined),
  );
