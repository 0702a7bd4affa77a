import {
  ask,
  type Decided,
  learn,
  type PublisherModel,
  sharesFor,
} from '../../src/classification/domain/learning/publisher-model.js';
import { lookFirst } from '../../src/classification/domain/learning/review-order.js';
import { stricter, TIERS, type Tier } from '../../src/kernel/tier.js';

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

/** `count` records that a person looks at in the order the engine asks for: fifteen, then five at a time. */
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
  /** Acts by which a single record was decided, and acts that confirmed a group. */
  readonly single: number;
  readonly groups: number;
  /** Records not open that stood in a group proposed as open; the officer took each out by an act of its own. */
  readonly takenOut: number;
}

/**
 * An officer who decides truthfully, over records of which nothing is declared. Where the engine proposes with enough
 * confidence, they read the group of one tier on one screen, decide each wrong one by an act of its own, and confirm the
 * rest by one act. Where it does not, they decide the five records it asks for. It learns after every act on a group or
 * every five records. Ends when every record is decided.
 */
export function officerDecides(records: readonly Decided[]): Acts {
  const decided: Decided[] = reviewed(records, FIRST);
  let [single, groups, takenOut] = [decided.length, 0, 0];
  for (;;) {
    const known = new Set(decided);
    const waiting = records.filter((record) => !known.has(record));
    if (waiting.length === 0) return { acts: single + groups, single, groups, takenOut };
    const group = largestGroup(waiting, decided);
    if (group.length === 0) {
      const next = nextToReview(waiting, decided, STEP);
      single += next.length;
      decided.push(...next);
      continue;
    }
    const wrong = group.filter(({ record, said }) => record.tier !== said);
    single += wrong.length;
    groups += wrong.length === group.length ? 0 : 1;
    takenOut += wrong.filter(({ said }) => said === 'open').length;
    decided.push(...group.map(({ record }) => record));
  }
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
