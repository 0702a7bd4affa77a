import { DatasetEntry, type DatasetFacts } from './dataset-entry.js';
import { CODE, UNKNOWN } from './facts.js';
import { GrantIndex } from './grant-index.js';
import { type PackedEntries, type PackedWorld, packedSanction, sanctionOf } from './packed-world.js';
import type { OrganisationFacts, PersonFacts } from './party-facts.js';
import { Restrictions, type SanctionFacts } from './restrictions.js';
import { addTo } from './sets.js';

export const STALENESS_BOUND = 2000;

export type Known<T> = T & { readonly index: number };

/** Keeps entries by id with a stable small number each, so that the grant index holds numbers. */
export class Entries<T extends { readonly id: string }, Entry extends T = T> {
  private readonly byId = new Map<string, Known<Entry>>();
  private readonly numbers = new Map<string, number>();
  private readonly ids: string[] = [];

  constructor(private readonly entryOf: (facts: T, index: number) => Known<Entry>) {}

  get size(): number {
    return this.byId.size;
  }

  get(id: string): Known<Entry> | undefined {
    return this.byId.get(id);
  }

  /** The number of an id, given out on first sight: a grant may be read before its organisation. */
  numberOf(id: string): number {
    const known = this.numbers.get(id);
    if (known !== undefined) return known;
    this.numbers.set(id, this.ids.length);
    return this.ids.push(id) - 1;
  }

  idOf(number: number): string {
    return this.ids[number] ?? '';
  }

  /** What there is, to be taken up elsewhere under the same numbers. */
  pack(): PackedEntries<Entry> {
    return { ids: this.ids, facts: [...this.byId.values()] };
  }

  /** Gives out the numbers of a packed world again; the facts are put as ever. */
  number(ids: readonly string[]): void {
    for (const id of ids) this.numberOf(id);
  }

  put(facts: T): void {
    this.byId.set(facts.id, this.entryOf(facts, this.numberOf(facts.id)));
  }

  /** Replaces what is known of an id, where something is. */
  change(id: string, change: Partial<T>): void {
    const known = this.byId.get(id);
    if (known !== undefined) this.byId.set(id, this.entryOf({ ...known, ...change }, known.index));
  }

  values(): IterableIterator<Known<Entry>> {
    return this.byId.values();
  }

  at(number: number): Known<Entry> | undefined {
    return this.byId.get(this.idOf(number));
  }

  /** The entries behind one, or all, in the order of their numbers; those that come in meanwhile are the last. */
  *after(entry: Known<Entry> | undefined): Generator<Known<Entry>> {
    for (let number = entry === undefined ? 0 : entry.index + 1; number < this.ids.length; number++) {
      const known = this.at(number);
      if (known !== undefined) yield known;
    }
  }
}

/** Added, not spread into a literal, for the reason that `DatasetEntry` gives. */
const numbered = <T extends object>(facts: T, index: number): Known<T> => Object.assign({}, facts, { index });

const AMBIGUOUS = Symbol('ambiguous');

/** Everything a decision looks at, in memory. Filled and kept by the log follower; read by `reduce`. */
export class World {
  readonly organisations = new Entries<OrganisationFacts>(numbered);
  readonly people = new Entries<PersonFacts>(numbered);
  readonly datasets = new Entries<DatasetFacts, DatasetEntry>((facts, index) => new DatasetEntry(facts, index));
  readonly grants: GrantIndex;
  /** Position of the log this world reflects. */
  revision = 0;
  /** Last instant at which the log was confirmed to have nothing newer. */
  confirmedAt = Number.NEGATIVE_INFINITY;
  /** How long an answer may be believed, and how long an instance may go without confirming the log (ms). */
  stalenessBound = STALENESS_BOUND;

  private readonly creditCodes = new Map<string, string>();
  private readonly federated = new Map<string, string>();
  /** Everyone who was ever seen in an organisation. */
  private readonly memberIds = new Map<string, Set<string>>();
  private readonly identifiers = new Map<string, string | typeof AMBIGUOUS>();
  private readonly distributions = new Map<string, string>();
  private readonly itemSets: (readonly string[])[] = [[]];
  private readonly itemSetNumbers = new Map<string, number>();
  private readonly agreements: { template: string; version: string }[] = [{ template: '', version: '' }];
  private readonly agreementNumbers = new Map<string, number>();
  /** By number: how an accepted agreement stands to the current one, as a code of the vector. */
  private readonly agreementCodes: number[] = [CODE.agreement.missing];
  private readonly currentAgreements = new Map<string, string>();
  private readonly restrictions = new Restrictions();

  constructor(expectedGrants = 1024) {
    this.grants = new GrantIndex(expectedGrants);
  }

  putOrganisation(organisation: OrganisationFacts): void {
    this.organisations.put(organisation);
    if (organisation.creditCode !== null) this.creditCodes.set(organisation.creditCode, organisation.id);
  }

  putPerson(person: PersonFacts): void {
    this.people.put(person);
    if (person.federated) this.federated.set(pair(person.federated.issuer, person.federated.subject), person.id);
    for (const organisation of person.organisations) addTo(this.memberIds, organisation, person.id);
  }

  putDataset(dataset: DatasetFacts): void {
    this.datasets.put(dataset);
    for (const { id } of dataset.distributions) this.distributions.set(id, dataset.id);
    this.name(pair(dataset.publisher, dataset.identifier), dataset.id);
    this.name(dataset.identifier, dataset.id);
  }

  /** An organisation by our id or by its unified social credit code; the code must still be the organisation's own. */
  organisation(id: string): Known<OrganisationFacts> | undefined {
    const direct = this.organisations.get(id);
    if (direct !== undefined) return direct;
    const named = this.organisations.get(this.creditCodes.get(id) ?? '');
    return named?.creditCode === id ? named : undefined;
  }

  person(id: string, issuer?: string): Known<PersonFacts> | undefined {
    return this.people.get(issuer === undefined ? id : (this.federated.get(pair(issuer, id)) ?? ''));
  }

  /** The people of an organisation as it is now. */
  *members(organisation: string): Generator<Known<PersonFacts>> {
    for (const id of this.memberIds.get(organisation) ?? []) {
      const person = this.people.get(id);
      if (person?.organisations.includes(organisation)) yield person;
    }
  }

  /** A dataset by our id, or by a publisher's identifier; `ambiguous` when several publishers use it. */
  dataset(id: string, publisher?: string): DatasetEntry | 'ambiguous' | undefined {
    if (publisher === undefined) {
      const direct = this.datasets.get(id);
      if (direct !== undefined) return direct;
    }
    const named = this.identifiers.get(publisher === undefined ? id : pair(publisher, id));
    if (named === AMBIGUOUS) return 'ambiguous';
    const found = this.datasets.get(named ?? '');
    if (found !== undefined) return found.identifier === id ? found : undefined;
    const own = publisher === undefined ? undefined : this.datasets.get(id);
    return own?.publisher === publisher ? own : undefined;
  }

  datasetOfDistribution(id: string): DatasetEntry | undefined {
    return this.datasets.get(this.distributions.get(id) ?? '');
  }

  itemSet(number: number): readonly string[] {
    return this.itemSets[number] ?? [];
  }

  /** Number of a set of item names; 0 stands for the whole dataset. */
  itemSetNumber(names: readonly string[]): number {
    if (names.length === 0) return 0;
    return interned(this.itemSetNumbers, JSON.stringify([...names].sort()), () => this.itemSets.push(names) - 1);
  }

  agreementNumber(template: string, version: string): number {
    return interned(this.agreementNumbers, pair(template, version), () => {
      const number = this.agreements.push({ template, version }) - 1;
      this.agreementCodes[number] = this.standing(number);
      return number;
    });
  }

  /** Code of the agreement fact for an accepted agreement; 0 stands for none. */
  agreementFact(number: number): number {
    return this.agreementCodes[number] ?? UNKNOWN;
  }

  setCurrentAgreement(template: string, version: string): void {
    this.currentAgreements.set(template, version);
    this.restand();
  }

  distrustOrganisation(id: string): void {
    this.organisations.change(id, { intact: false });
  }

  distrustPerson(id: string): void {
    this.people.change(id, { intact: false });
  }

  distrustDataset(id: string): void {
    this.datasets.change(id, { intact: false });
  }

  /** The text people agreed to was changed by hand: which version is current is then unknown. */
  distrustAgreement(template: string, version: string): void {
    if (this.currentAgreements.get(template) !== version) return;
    this.currentAgreements.delete(template);
    this.restand();
  }

  currentAgreement(template: string): string | undefined {
    return this.currentAgreements.get(template);
  }

  putSanction(sanction: SanctionFacts): void {
    this.restrictions.put(sanction);
  }

  distrustSanction(id: string): void {
    this.restrictions.distrust(id);
  }

  /** Code of the sanction fact for an organisation and a dataset. */
  sanctionFact(organisation: string, dataset: string, now: number): number {
    return this.restrictions.factOf(organisation, dataset, now);
  }

  /** The whole of it, to be put away. What is doubtful is not packed: a world with doubts is not worth keeping. */
  pack(): PackedWorld {
    const { told, blocks } = this.grants.pack();
    return {
      told: {
        organisations: this.organisations.pack(),
        people: this.people.pack(),
        datasets: this.datasets.pack(),
        itemSets: this.itemSets,
        agreements: this.agreements,
        currentAgreements: [...this.currentAgreements],
        sanctions: this.restrictions.known.map(packedSanction),
        grants: told,
      },
      blocks,
    };
  }

  /** Takes up what was packed; only in an empty world. */
  take({ told, blocks }: PackedWorld): void {
    this.organisations.number(told.organisations.ids);
    this.people.number(told.people.ids);
    this.datasets.number(told.datasets.ids);
    for (const one of told.organisations.facts) this.putOrganisation(one);
    for (const one of told.people.facts) this.putPerson(one);
    for (const one of told.datasets.facts) this.putDataset(one);
    for (const names of told.itemSets) this.itemSetNumber(names);
    for (const { template, version } of told.agreements.slice(1)) this.agreementNumber(template, version);
    for (const [template, version] of told.currentAgreements) this.setCurrentAgreement(template, version);
    for (const one of told.sanctions) this.putSanction(sanctionOf(one));
    this.grants.take(told.grants, blocks);
  }

  private restand(): void {
    for (let number = 1; number < this.agreements.length; number++) this.agreementCodes[number] = this.standing(number);
  }

  private standing(number: number): number {
    const { template, version } = this.agreements[number] as { template: string; version: string };
    const current = this.currentAgreements.get(template);
    if (current === undefined) return UNKNOWN;
    return current === version ? CODE.agreement.current : CODE.agreement.superseded;
  }

  private name(key: string, id: string): void {
    const other = this.identifiers.get(key);
    this.identifiers.set(key, other === undefined || other === id ? id : AMBIGUOUS);
  }
}

const pair = (first: string, second: string): string => `${first}\u0000${second}`;

function interned(numbers: Map<string, number>, key: string, make: () => number): number {
  const known = numbers.get(key);
  if (known !== undefined) return known;
  const number = make();
  numbers.set(key, number);
  return number;
}
