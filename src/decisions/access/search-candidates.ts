import type { Principal } from '../../kernel/principal.js';
import { behind, datasetsFor, organisationsFor, peopleFor } from '../domain/candidates.js';
import { FACTS } from '../domain/facts.js';
import type { Question } from '../domain/question.js';
import type { DatasetEntry, Known, OrganisationFacts, PersonFacts, World } from '../domain/world.js';
import { aboutNothing } from './concealed.js';
import type { Judge } from './judge.js';

/** One entity that may come of a search, and the question that a check of it would be. */
export interface Candidate {
  readonly id: string;
  readonly question: Question;
}
type Candidates = Iterable<Candidate> | null;

const NOBODY = {
  subjectType: 'anonymous',
  subjectId: 'anonymous',
  issuer: undefined,
  organisation: undefined,
} as const;
const ACTIONS = FACTS.action.slice(1).map((id) => ({ id }));

export function* actionsAsked(question: Question, after: string): Generator<Candidate> {
  for (const { id } of behind(ACTIONS, after === '' ? undefined : { id: after }))
    yield { id, question: { ...question, action: id } };
}

/** What the subject could have, behind a dataset or distribution of the list. */
export function resourcesAsked(
  world: World,
  judge: Judge,
  asker: Principal,
  question: Question,
  after: string,
): Candidates {
  const named = (id: string): Candidate => ({ id, question: { ...question, resourceId: id } });
  const { organisation } = judge.conclude(asker, aboutNothing(question), judge.instant());
  const { action, resourceType } = question;
  /** A token may be made by hand: it tells nothing of data that the asker would not be told of. */
  const isNone = (): boolean => {
    const { dataset } = judge.conclude(asker, named(after).question, judge.instant());
    return dataset === undefined || dataset.state === 'draft';
  };
  if (resourceType === 'dataset') {
    const last = world.datasets.get(after);
    if (after !== '' && (last === undefined || isNone())) return null;
    return mapped(datasetsFor(world, organisation, action, last), ({ id }) => named(id));
  }
  if (resourceType !== 'distribution') return [];
  const last = world.datasetOfDistribution(after);
  if (after !== '' && (last === undefined || isNone())) return null;
  return mapped(distributionsOf(datasetsFor(world, organisation, action, last), last, after), ({ id }) => named(id));
}

type Distribution = DatasetEntry['distributions'][number];

/** First what is left of the dataset where the last page ended. */
function* distributionsOf(
  datasets: Iterable<DatasetEntry>,
  begun: DatasetEntry | undefined,
  after: string,
): Generator<Pick<Distribution, 'id'>> {
  if (begun !== undefined) yield* behind<Pick<Distribution, 'id'>>(begun.distributions, { id: after });
  for (const { distributions } of datasets) yield* distributions;
}

/** Who could have the resource. People ask about themselves: nobody else is looked at for them. */
export function subjectsAsked(
  world: World,
  judge: Judge,
  asker: Principal,
  question: Question,
  after: string,
): Candidates {
  const named = (id: string): Candidate => ({ id, question: { ...question, subjectId: id } });
  if (asker.kind !== 'portal') return mapped(behind(themselves(asker, question), place(after)), ({ id }) => named(id));
  const { dataset } = judge.conclude(asker, { ...question, ...NOBODY }, judge.instant());
  switch (question.subjectType) {
    case 'anonymous':
      return mapped(behind([{ id: 'anonymous' }], place(after)), ({ id }) => named(id));
    case 'organisation': {
      const last = world.organisations.get(after);
      if (after !== '' && last === undefined) return null;
      if (dataset === undefined) return [];
      return mapped(organisationsFor(world, dataset, question.action, last), ({ id }) => named(id));
    }
    case 'user': {
      const last = world.person(after, question.issuer);
      return after !== '' && last === undefined ? null : peopleAsked(world, question, dataset, last);
    }
    default:
      return [];
  }
}

const place = (after: string): { readonly id: string } | undefined => (after === '' ? undefined : { id: after });

const themselves = ({ id, organisation }: Principal, { subjectType }: Question): { readonly id: string }[] => {
  if (subjectType === 'user') return [{ id }];
  return subjectType === 'organisation' && organisation !== null ? [{ id: organisation.id }] : [];
};

/** People by our ids, or by what they are called at the issuer that is named. */
function* peopleAsked(
  world: World,
  question: Question,
  dataset: Known<DatasetEntry> | undefined,
  after: Known<PersonFacts> | undefined,
): Generator<Candidate> {
  const { issuer, action, organisation } = question;
  const within: Known<OrganisationFacts> | undefined =
    organisation === undefined ? undefined : world.organisation(organisation);
  if (dataset === undefined || (organisation !== undefined && within === undefined)) return;
  for (const { id, federated } of peopleFor(world, dataset, action, within, after)) {
    const subjectId = issuer === undefined ? id : federated?.issuer === issuer ? federated.subject : undefined;
    if (subjectId !== undefined) yield { id: subjectId, question: { ...question, subjectId } };
  }
}

function* mapped<T>(entries: Iterable<T>, of: (entry: T) => Candidate): Generator<Candidate> {
  for (const entry of entries) yield of(entry);
}
