import type { DatasetEntry } from './dataset-entry.js';
import type { OrganisationFacts, PersonFacts } from './party-facts.js';
import type { Question } from './question.js';
import type { Known, World } from './world.js';

/*
 * Whom or what a search has to look at. Without a grant nobody has more than open data and catalogue records
 * (row-checks.ts refuses a policy that says otherwise), so the rest is found in the grant index, by organisation and by
 * dataset: a search costs what may come of it. Each walk keeps its order and goes on behind one of its entries.
 */

type Asked = Pick<Question, 'action' | 'items'>;
const isForAll = ({ opens, views }: DatasetEntry, { action, items }: Asked): boolean =>
  action === 'read' || opens || (items !== null && views !== undefined && views.open.length > 0);

/**
 * In which part of a walk an entry stood. It goes with the place where a page ended: what decides it, the tier of a
 * dataset, may change before the next page, and the walk has to go on where it was.
 */
export type Part = 'all' | 'granted';
export interface Placed<T> {
  readonly part: Part;
  readonly entry: T;
}
type After<T> = Placed<Known<T>> | undefined;

const placed = <T>(part: Part, entry: T): Placed<T> => ({ part, entry });

/** What somebody may have: what is for all, then what their organisation has a grant on. */
export function* datasetsFor(
  world: World,
  organisation: Known<OrganisationFacts> | undefined,
  asked: Asked,
  after: After<DatasetEntry>,
): Generator<Placed<DatasetEntry>> {
  const { grants, datasets } = world;
  const granted = after?.part === 'granted' ? after.entry : undefined;
  if (granted === undefined)
    for (const dataset of datasets.after(after?.entry)) if (isForAll(dataset, asked)) yield placed('all', dataset);
  if (organisation === undefined) return;
  const behind =
    granted !== undefined && grants.first(organisation.index, granted.index) >= 0 ? granted.index : undefined;
  for (const number of grants.datasetsOf(organisation.index, behind)) {
    const dataset = datasets.at(number);
    if (dataset !== undefined && !isForAll(dataset, asked)) yield placed('granted', dataset);
  }
}

/** Who may have a dataset: everyone, or those with a grant on it; from the start where that is other than it was. */
export function* organisationsFor(
  world: World,
  dataset: DatasetEntry,
  asked: Asked,
  after: After<OrganisationFacts>,
): Generator<Placed<Known<OrganisationFacts>>> {
  const { grants, organisations } = world;
  const part: Part = isForAll(dataset, asked) ? 'all' : 'granted';
  const last = after?.part === part ? after.entry : undefined;
  if (part === 'all') {
    for (const organisation of organisations.after(last)) yield placed(part, organisation);
    return;
  }
  const behind = last !== undefined && grants.first(last.index, dataset.index) >= 0 ? last.index : undefined;
  for (const number of grants.organisationsOf(dataset.index, behind)) {
    const organisation = organisations.at(number);
    if (organisation !== undefined) yield placed(part, organisation);
  }
}

/** The people who may have a dataset: everyone, or the members of those with a grant on it; of one organisation if named. */
export function* peopleFor(
  world: World,
  dataset: DatasetEntry,
  asked: Asked,
  within: Known<OrganisationFacts> | undefined,
  after: After<PersonFacts>,
): Generator<Placed<Known<PersonFacts>>> {
  if (within !== undefined) {
    for (const person of behind(world.members(within.id), after?.entry)) yield placed('all', person);
    return;
  }
  const part: Part = isForAll(dataset, asked) ? 'all' : 'granted';
  const last = after?.part === part ? after.entry : undefined;
  if (part === 'all') {
    for (const person of world.people.after(last)) yield placed(part, person);
    return;
  }
  const begun = world.organisations.get(last?.organisations[0] ?? '');
  if (begun !== undefined) for (const person of behind(world.members(begun.id), last)) yield placed(part, person);
  const others = organisationsFor(world, dataset, asked, begun === undefined ? undefined : placed(part, begun));
  for (const { entry } of others) for (const person of world.members(entry.id)) yield placed(part, person);
}

/** The rest of a short list behind one of its entries. */
export function* behind<T extends { readonly id: string }>(entries: Iterable<T>, after: T | undefined): Generator<T> {
  let passed = after === undefined;
  for (const entry of entries) {
    if (passed) yield entry;
    else passed = entry.id === after?.id;
  }
}
