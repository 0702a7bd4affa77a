import type { DatasetEntry, Known, OrganisationFacts, PersonFacts, World } from './world.js';

/*
 * Whom or what a search has to look at. Without a grant nobody has more than open data and catalogue records
 * (row-checks.ts refuses a policy that says otherwise), so the rest is found in the grant index, by organisation and by
 * dataset: a search costs what may come of it. Each walk keeps its order and goes on behind one of its entries.
 */

const isForAll = (dataset: DatasetEntry, action: string): boolean => action === 'read' || dataset.opens;

/** What somebody may have: what is for all, then what their organisation has a grant on. */
export function* datasetsFor(
  world: World,
  organisation: Known<OrganisationFacts> | undefined,
  action: string,
  after: Known<DatasetEntry> | undefined,
): Generator<Known<DatasetEntry>> {
  const { grants, datasets } = world;
  const granted = after !== undefined && !isForAll(after, action);
  if (!granted) for (const dataset of datasets.after(after)) if (isForAll(dataset, action)) yield dataset;
  if (organisation === undefined) return;
  const behind = granted && grants.first(organisation.index, after.index) >= 0 ? after.index : undefined;
  for (const number of grants.datasetsOf(organisation.index, behind)) {
    const dataset = datasets.at(number);
    if (dataset !== undefined && !isForAll(dataset, action)) yield dataset;
  }
}

/** Who may have a dataset: everyone, or those with a grant on it. */
export function* organisationsFor(
  world: World,
  dataset: Known<DatasetEntry>,
  action: string,
  after: Known<OrganisationFacts> | undefined,
): Generator<Known<OrganisationFacts>> {
  const { grants, organisations } = world;
  if (isForAll(dataset, action)) return yield* organisations.after(after);
  const behind = after !== undefined && grants.first(after.index, dataset.index) >= 0 ? after.index : undefined;
  for (const number of grants.organisationsOf(dataset.index, behind)) {
    const organisation = organisations.at(number);
    if (organisation !== undefined) yield organisation;
  }
}

/** The people who may have a dataset: everyone, or the members of those with a grant on it; of one organisation if named. */
export function* peopleFor(
  world: World,
  dataset: Known<DatasetEntry>,
  action: string,
  within: Known<OrganisationFacts> | undefined,
  after: Known<PersonFacts> | undefined,
): Generator<Known<PersonFacts>> {
  if (within !== undefined) return yield* behind(world.members(within.id), after);
  if (isForAll(dataset, action)) return yield* world.people.after(after);
  const begun = world.organisations.get(after?.organisations[0] ?? '');
  if (begun !== undefined) yield* behind(world.members(begun.id), after);
  for (const { id } of organisationsFor(world, dataset, action, begun)) yield* world.members(id);
}

/** The rest of a short list behind one of its entries. */
export function* behind<T extends { readonly id: string }>(entries: Iterable<T>, after: T | undefined): Generator<T> {
  let passed = after === undefined;
  for (const entry of entries) {
    if (passed) yield entry;
    else passed = entry.id === after?.id;
  }
}
