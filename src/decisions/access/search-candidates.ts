import type { Principal } from '../../kernel/principal.js';
import { behind, datasetsFor, organisationsFor, type Part, peopleFor, type Placed } from '../domain/candidates.js';
import { FACTS } from '../domain/facts.js';
import type { Question } from '../domain/question.js';
import type { DatasetEntry } from '../domain/dataset-entry.js';
import type { OrganisationFacts, PersonFacts } from '../domain/party-facts.js';
import type { Known, World } from '../domain/world.js';
import { aboutNothing } from './concealed.js';
import type { Judge } from './judge.js';
import type { Place } from './page-asked.js';

/** One entity that may come of a search, where it stood, and the question that a check of it would be. */
export interface Candidate extends Place {
  readonly question: Question;
}
type Candidates = Iterable<Candidate> | null;

const NOBODY = {
  subjectType: 'anonymous',
  subjectId: 'anonymous',
  issuer: undefined,
  organisation: undefined,
} as const;
const ACTIONS: readonly { readonly id: string }[] = FACTS.action.slice(1).map((id) => ({ id }));

export function* actionsAsked(question: Question, after: Place): Generator<Candidate> {
  for (const { id } of behind(ACTIONS, shown(after))) yield { id, part: 'all', question: { ...question, action: id } };
}

/** What the subject could have, behind a dataset or distribution of the list. */
export function resourcesAsked(
  world: World,
  judge: Judge,
  asker: Principal,
  question: Question,
  after: Place,
): Candidates {
  const named = ({ part, entry: { id } }: Placed<{ readonly id: string }>): Candidate => ({
    id,
    part,
    question: { ...question, resourceId: id },
  });
  const { organisation } = judge.conclude(asker, aboutNothing(question), judge.instant());
  const { resourceType } = question;
  /** A token may be made by hand: it tells nothing of data that the asker would not be told of. */
  const isNone = (): boolean => {
    const { dataset } = judge.conclude(asker, { ...question, resourceId: after.id }, judge.instant());
    return dataset === undefined || dataset.state === 'draft';
  };
  if (resourceType !== 'dataset' && resourceType !== 'distribution') return [];
  const ofDatasets = resourceType === 'dataset';
  const last = ofDatasets ? world.datasets.get(after.id) : world.datasetOfDistribution(after.id);
  if (after.id !== '' && (last === undefined || isNone())) return null;
  const datasets = datasetsFor(world, organisation, question, behindOf(after, last));
  return mapped(ofDatasets ? datasets : distributionsOf(datasets, last, after), named);
}

type Distribution = DatasetEntry['distributions'][number];

/** First what is left of the dataset where the last page ended. */
function* distributionsOf(
  datasets: Iterable<Placed<DatasetEntry>>,
  begun: DatasetEntry | undefined,
  after: Place,
): Generator<Placed<Pick<Distribution, 'id'>>> {
  const rest = begun === undefined ? [] : behind<Pick<Distribution, 'id'>>(begun.distributions, after);
  for (const entry of rest) yield { part: after.part, entry };
  for (const { part, entry } of datasets) for (const one of entry.distributions) yield { part, entry: one };
}

/** Who could have the resource. People ask about themselves: nobody else is looked at for them. */
export function subjectsAsked(
  world: World,
  judge: Judge,
  asker: Principal,
  question: Question,
  after: Place,
): Candidates {
  const named = ({ part, entry: { id } }: Placed<{ readonly id: string }>): Candidate => ({
    id,
    part,
    question: { ...question, subjectId: id },
  });
  const few = (those: readonly { readonly id: string }[]): Candidates =>
    mapped(behind(those, shown(after)), (entry) => named({ part: 'all', entry }));
  if (asker.kind !== 'portal') return few(themselves(asker, question));
  const { dataset } = judge.conclude(asker, { ...question, ...NOBODY }, judge.instant());
  switch (question.subjectType) {
    case 'anonymous':
      return few([{ id: 'anonymous' }]);
    case 'organisation': {
      const last = world.organisations.get(after.id);
      if (after.id !== '' && last === undefined) return null;
      if (dataset === undefined) return [];
      return mapped(organisationsFor(world, dataset, question, behindOf(after, last)), named);
    }
    case 'user': {
      const last = world.person(after.id, question.issuer);
      if (after.id !== '' && last === undefined) return null;
      return peopleAsked(world, question, dataset, behindOf(after, last));
    }
    default:
      return [];
  }
}

const shown = (after: Place): Place | undefined => (after.id === '' ? undefined : after);
const behindOf = <T>({ part }: { readonly part: Part }, last: T | undefined): Placed<T> | undefined =>
  last === undefined ? undefined : { part, entry: last };

const themselves = ({ id, organisation }: Principal, { subjectType }: Question): { readonly id: string }[] => {
  if (subjectType === 'user') return [{ id }];
  return subjectType === 'organisation' && organisation !== null ? [{ id: organisation.id }] : [];
};

/** People by our ids, or by what they are called at the issuer that is named. */
function* peopleAsked(
  world: World,
  question: Question,
  dataset: DatasetEntry | undefined,
  after: Placed<Known<PersonFacts>> | undefined,
): Generator<Candidate> {
  const { issuer, organisation } = question;
  const within: Known<OrganisationFacts> | undefined =
    organisation === undefined ? undefined : world.organisation(organisation);
  if (dataset === undefined || (organisation !== undefined && within === undefined)) return;
  for (const { part, entry } of peopleFor(world, dataset, question, within, after)) {
    const { id, federated } = entry;
    const subjectId = issuer === undefined ? id : federated?.issuer === issuer ? federated.subject : undefined;
    if (subjectId !== undefined) yield { id: subjectId, part, question: { ...question, subjectId } };
  }
}

function* mapped<T>(entries: Iterable<T>, of: (entry: T) => Candidate): Generator<Candidate> {
  for (const entry of entries) yield of(entry);
}
