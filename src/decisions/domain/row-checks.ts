import { AT, CODE, FACT_NAMES, UNKNOWN } from './facts.js';
import { type AccessRow, type Box, boxOf, uncovered } from './rows.js';
import type { Vocabulary } from './vocabulary.js';

const MIN_ROWS = 10;
const MAX_ROWS = 64;

/** Every fault of a set of rows, in words an operator can act on; empty when the rows may decide. */
export function faultsOf(rows: readonly AccessRow[], vocabulary: Vocabulary): string[] {
  const boxes = rows.map((row) => boxOf(row.when));
  const unreadable = boxes.flatMap((read, index) => ('fault' in read ? [`row ${rows[index]?.id}: ${read.fault}`] : []));
  const shape = [...sizeFaults(rows), ...idFaults(rows), ...wordFaults(rows, vocabulary), ...orderFaults(rows)];
  if (unreadable.length > 0 || shape.length > 0) return [...unreadable, ...shape];
  const known = boxes.map((read) => ('box' in read ? read.box : []));
  return [...unreachable(rows, known), ...unknownPermitted(rows, known), ...ungranted(rows, known)];
}

function sizeFaults(rows: readonly AccessRow[]): string[] {
  return rows.length >= MIN_ROWS && rows.length <= MAX_ROWS
    ? []
    : [`a policy has ${MIN_ROWS} to ${MAX_ROWS} rows, this one has ${rows.length}`];
}

function idFaults(rows: readonly AccessRow[]): string[] {
  const seen = new Set<string>();
  return rows.flatMap((row) => {
    const twice = seen.has(row.id);
    seen.add(row.id);
    return twice ? [`row ${row.id}: the id is used twice`] : [];
  });
}

/** Effects are compared as Casbin does, to the letter: `Deny` counts as neither there. */
function wordFaults(rows: readonly AccessRow[], vocabulary: Vocabulary): string[] {
  return rows.flatMap((row) => [
    ...(row.effect === 'allow' || row.effect === 'deny'
      ? []
      : [`row ${row.id}: effect ${String(row.effect)} is not known`]),
    ...(Object.hasOwn(vocabulary.reasons, row.reason) ? [] : [`row ${row.id}: reason ${row.reason} is not known`]),
    ...(Object.hasOwn(vocabulary.nextSteps, row.nextStep)
      ? []
      : [`row ${row.id}: next step ${row.nextStep} is not known`]),
    ...row.obligations
      .filter((code) => !Object.hasOwn(vocabulary.obligations, code))
      .map((code) => `row ${row.id}: obligation ${code} is not known`),
  ]);
}

/** Denies first, then permits, and the last row denies everything that is left. */
function orderFaults(rows: readonly AccessRow[]): string[] {
  const last = rows.at(-1);
  const faults =
    last?.effect === 'deny' && last.when === 'true' ? [] : ['the last row must deny with the condition true'];
  const firstPermit = rows.findIndex((row) => row.effect === 'allow');
  const late = firstPermit < 0 ? [] : rows.slice(firstPermit, -1).filter((row) => row.effect === 'deny');
  return [...faults, ...late.map((row) => `row ${row.id}: a deny below a permit never protects`)];
}

function unreachable(rows: readonly AccessRow[], boxes: readonly Box[]): string[] {
  return rows.flatMap((row, index) =>
    uncovered(boxes[index] as Box, boxes.slice(0, index)) === null
      ? [`row ${row.id}: no question reaches it, the rows above cover it`]
      : [],
  );
}

/** `unknown` never matches a permitting row: an earlier row must catch it, whatever the other facts are. */
function unknownPermitted(rows: readonly AccessRow[], boxes: readonly Box[]): string[] {
  return rows.flatMap((row, index) =>
    row.effect !== 'allow'
      ? []
      : FACT_NAMES.filter((_, fact) => {
          const mask = (boxes[index] as Box)[fact] as number;
          if ((mask & (1 << UNKNOWN)) === 0) return false;
          const asUnknown = (boxes[index] as Box).with(fact, 1 << UNKNOWN);
          return uncovered(asUnknown, boxes.slice(0, index)) !== null;
        }).map((name) => `row ${row.id}: permits while ${name} is unknown`),
  );
}

/** Vectors of somebody without a grant who asks for more than the record of data that is not open to all. */
const UNGRANTED: ReadonlyMap<number, number> = new Map([
  [AT.tier, maskOf(CODE.tier, ['conditional', 'restricted', 'shared', 'not-shared'])],
  [AT.action, maskOf(CODE.action, ['download', 'api', 'sandbox'])],
  [AT.grant, maskOf(CODE.grant, ['not-needed', 'none'])],
]);

function maskOf<C extends Readonly<Record<string, number>>>(codes: C, values: readonly (keyof C & string)[]): number {
  return values.reduce((mask, value) => mask | (1 << (codes[value] as number)), 0);
}

/** Closed data need a grant. Searches rely on it: whoever has none is not looked at. */
function ungranted(rows: readonly AccessRow[], boxes: readonly Box[]): string[] {
  return rows.flatMap((row, index) => {
    const narrowed = (boxes[index] as Box).map((mask, at) => mask & (UNGRANTED.get(at) ?? mask));
    if (row.effect !== 'allow' || narrowed.includes(0)) return [];
    return uncovered(narrowed, boxes.slice(0, index)) === null
      ? []
      : [`row ${row.id}: permits data that is not open without a grant`];
  });
}
