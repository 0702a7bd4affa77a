import { ask, type Decided, learn, sharesFor } from '../../src/classification/domain/learning/publisher-model.js';
import { stricter } from '../../src/kernel/tier.js';
import { decidedOf } from './engine.js';
import { ABSENT, inventories } from './inventories.js';
import type { Measure, Row, Setting } from './measure.js';
import { officerDecides, reviewed } from './officer.js';
import { f1Text, macroF1, percent, type Scored, shareOf } from './scores.js';

const ALONE = { tried: [], proven: false };

/** A number that has nothing to do with a record's content, for draws that are the same each time. */
function lot(id: string): number {
  let number = 7;
  for (const character of id) number = (number * 31 + (character.codePointAt(0) ?? 0)) % 1_000_003;
  return (number * 7919) % 1_000_003;
}
const drawn = (records: readonly Decided[], count: number): Decided[] =>
  [...records].sort((a, b) => lot(a.id) - lot(b.id) || (a.id < b.id ? -1 : 1)).slice(0, count);

const catalogues = ({ data, quick, only }: Setting): Decided[][] | null => {
  const all = inventories(data, quick);
  return all === null
    ? null
    : Object.entries(all.catalogues)
        .filter(([name]) => only === undefined || only.includes(name))
        .map(([name, records]) => decidedOf(records, 'facts', name));
};

/** The rest of an agency, said by what its reviewed records taught. */
function restOf(records: readonly Decided[], known: readonly Decided[]): Scored[] {
  const model = learn(known, known[0]?.publisher ?? '', ALONE);
  const taught = new Set(known);
  return records
    .filter((record) => !taught.has(record))
    .map((record) => {
      const said = model === null ? record.floor : stricter(ask(model, record.terms).tier, record.floor);
      return { truth: record.tier, said };
    });
}

/** The same agency after thirty reviewed records. */
export const sameAgency: Measure = {
  name: 'same agency',
  run: async (setting) => {
    const agencies = catalogues(setting);
    if (agencies === null) return ABSENT;
    const chosen = agencies.flatMap((records) => restOf(records, reviewed(records, 30)));
    const byLot = agencies.flatMap((records) => restOf(records, drawn(records, 30)));
    const alone = agencies.flatMap((records) => records.map(({ tier, floor }) => ({ truth: tier, said: floor })));
    return [
      {
        measure: 'same agency after 30 reviewed records, facts only: macro-F1 on the rest',
        goal: '≥ 0.80',
        baseline: `the rules alone ${f1Text(alone)}; 30 drawn by lot ${f1Text(byLot)}`,
        figure: f1Text(chosen),
        reached: macroF1(chosen) >= 0.8,
        split:
          'per catalogue: 30 records, those that stand for most others first (the product has no such list), scored on all others; three catalogues pooled',
      },
    ];
  },
};

interface Proposed {
  readonly truth: Decided['tier'];
  readonly said: Decided['tier'];
  readonly sure: boolean;
  /** The keyword of a baseline: sure means that the likeliest tier has at least half. */
  readonly half: boolean;
}

const FOLDS = 5;

/** Every record proposed by what was learned from four fifths of its agency. */
function proposals(records: readonly Decided[]): Proposed[] {
  return Array.from({ length: FOLDS }, (_, fold) => {
    const held = records.filter(({ id }) => lot(id) % FOLDS === fold);
    const model = learn(
      records.filter(({ id }) => lot(id) % FOLDS !== fold),
      records[0]?.publisher ?? '',
      ALONE,
    );
    if (model === null) return [];
    return held.map(({ terms, tier, floor }): Proposed => {
      const { tier: said, enough } = ask(model, terms);
      const half = Math.max(...sharesFor(model.linear, terms)) >= 0.5;
      return { truth: tier, said: stricter(said, floor), sure: enough || floor !== 'open', half };
    });
  }).flat();
}

const isClosed = ({ truth }: Proposed): boolean => truth !== 'open';

/** Proposals with enough confidence for a group: how many of the records not open are among those proposed as open. */
export const groupConfirmation: Measure = {
  name: 'group confirmation',
  run: async (setting) => {
    const agencies = catalogues(setting);
    if (agencies === null) return ABSENT;
    const all = agencies.map(proposals);
    const pooled = all.flat();
    const closed = pooled.filter(isClosed);
    const wrong = closed.filter(({ sure, said }) => sure && said === 'open').length;
    const sure = shareOf(pooled, (one) => one.sure);
    const naive = closed.filter(({ half, said }) => half && said === 'open').length;
    const each = all.map((list) => `${percent(list.filter((one) => one.sure).length, list.length)}`).join(' / ');
    const split = 'five folds inside each catalogue; thresholds by held-out folds of the four that teach; pooled';
    const open = pooled.filter((one) => !isClosed(one));
    const raised = open.filter((one) => one.sure && one.said === 'restricted').length;
    const rows: Row[] = [
      {
        measure: 'records not open, proposed as open with enough confidence for a group; records so proposed',
        goal: '≤ 2 %; ≥ 60 %',
        baseline: `likeliest tier with at least half the share: ${percent(naive, closed.length)}`,
        figure: `${wrong}/${closed.length} (${percent(wrong, closed.length)}); ${(100 * sure).toFixed(1)} % (${each})`,
        reached: wrong / closed.length <= 0.02 && sure >= 0.6,
        split,
      },
      {
        measure: 'open records of a mixed catalogue proposed as restricted',
        goal: '≤ 10 %',
        baseline: '',
        figure: `${raised}/${open.length} (${percent(raised, open.length)})`,
        reached: raised / open.length <= 0.1,
        split,
      },
    ];
    return rows;
  },
};

/** Acts of an officer over 400 undeclared datasets of one publisher. */
export const officerActs: Measure = {
  name: 'acts',
  run: async (setting) => {
    const agencies = catalogues(setting);
    if (agencies === null) return ABSENT;
    const runs = agencies.map((records) => {
      const some = drawn(records, 400);
      return { name: some[0]?.publisher ?? '', records: some.length, ...officerDecides(some) };
    });
    return runs.map(({ name, records, acts, single, groups, takenOut }) => ({
      measure: `acts of an officer for ${records} undeclared datasets of one publisher (${name})`,
      goal: '≤ 60',
      baseline: `one by one ${records}`,
      figure: `${acts} (${single} on single records, ${groups} on groups; ${takenOut} taken out of groups proposed as open)`,
      reached: acts <= 60,
      split:
        'nothing is known before; each decision is learned from; the early threshold and the limits of sets were chosen on these three',
    }));
  },
};
