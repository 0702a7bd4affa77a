import { ALIKE, alike } from '../../src/classification/domain/learning/alike.js';
import {
  ask,
  type Decided,
  learn,
  type PublisherModel,
  sharesFor,
} from '../../src/classification/domain/learning/publisher-model.js';
import { stricter, TIERS, type Tier } from '../../src/kernel/tier.js';
import { lookFirst } from './review-order.js';

/** Nothing is known across publishers here: each catalogue is one. */
const ALONE = { tried: [], proven: false };
const FIRST = 15;
const STEP = 5;

const doubtOf = (model: PublisherModel, { terms }: Decided): number => 1 - Math.max(...sharesFor(model.linear, terms));

/** What to review next: first by how many others a record stands for, then the doubtful ones among them. */
export function nextToReview(waiting: readonly Decided[], decided: readonly Decided[], count: number): Decided[] {
  const model = learn(decided, decided[0]?.publisher ?? '', ALONE);
  const candidates = waiting.map((one) => (model === null ? one : { ...one, doubt: doubtOf(model, one) }));
  const ids = new Set(lookFirst(candidates, count, decided));
  return waiting.filter(({ id }) => ids.has(id));
}

/** `count` records that a person looks at in the order of `lookFirst`: fifteen, then five at a time. */
export function reviewed(records: readonly Decided[], count: number): Decided[] {
  const decided: Decided[] = [];
  while (decided.length < Math.min(count, records.length)) {
    const known = new Set(decided);
    const step = Math.min(decided.length === 0 ? FIRST : STEP, count - decided.length);
    decided.push(
      ...nextToReview(
        records.filter((record) => !known.has(record)),
        decided,
        step,
      ),
    );
  }
  return decided;
}

export interface Acts {
  readonly acts: number;
  /** Records decided one by one, and acts that decided a group or a set of alike records. */
  readonly single: number;
  readonly groups: number;
  /** Records not open that stood in a group proposed as open; the officer took each out by an act of its own. */
  readonly takenOut: number;
}

/**
 * An officer who decides truthfully, over records of which nothing is declared. They take what is larger: the group of one
 * tier that the engine proposes with enough confidence, or the largest set of records that read alike, which they read on
 * one screen and give the tier that most of them need. Each record that needs another is an act of its own. The engine
 * learns after every act on a group or a set. Ends when every record is decided.
 */
export function officerDecides(records: readonly Decided[]): Acts {
  const decided: Decided[] = [];
  let [single, groups, takenOut] = [0, 0, 0];
  for (;;) {
    const known = new Set(decided);
    const waiting = records.filter((record) => !known.has(record));
    if (waiting.length === 0) return { acts: single + groups, single, groups, takenOut };
    const proposed = largestGroup(waiting, decided);
    const set = proposed.length >= ALIKE.most ? [] : largestSet(waiting);
    const taken = proposed.length >= set.length ? proposed : set;
    const wrong = taken.filter(({ record, said }) => record.tier !== said);
    single += taken.length === 1 ? 1 : wrong.length;
    groups += taken.length === 1 || wrong.length === taken.length ? 0 : 1;
    takenOut += taken === proposed ? wrong.filter(({ said }) => said === 'open').length : 0;
    decided.push(...taken.map(({ record }) => record));
  }
}

/** The largest set of alike records, each with the tier that most of them need. */
function largestSet(waiting: readonly Decided[]): Said[] {
  const [set] = alike(waiting);
  const members = waiting.filter(({ id }) => set?.ids.includes(id) === true);
  const count = (tier: Tier): number => members.filter((member) => member.tier === tier).length;
  const said = TIERS.reduce((most, tier) => (count(tier) > count(most) ? tier : most));
  return members.map((record) => ({ record, said }));
}

interface Said {
  readonly record: Decided;
  readonly said: Tier;
}

function largestGroup(waiting: readonly Decided[], decided: readonly Decided[]): Said[] {
  const model = learn(decided, decided[0]?.publisher ?? '', ALONE);
  if (model === null) return [];
  const sure = waiting.flatMap((record): Said[] => {
    const said = ask(model, record.terms);
    return said.enough ? [{ record, said: stricter(said.tier, record.floor) }] : [];
  });
  const groups = TIERS.map((tier) => sure.filter(({ said }) => said === tier));
  return groups.reduce((most, group) => (group.length > most.length ? group : most), []);
}
