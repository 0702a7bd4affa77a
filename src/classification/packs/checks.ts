import { VALIDATORS } from '../domain/columns/validators.js';
import { conditionsIn } from '../domain/compiled.js';
import type { Pack, Rule } from '../domain/pack.js';
import { ISSUE_CODES } from '../domain/verdict.js';

const repeated = (values: readonly string[]): string[] => [
  ...new Set(values.filter((value, index) => values.indexOf(value) !== index)),
];

function ruleFaults(pack: Pack, rule: Rule): string[] {
  const reasons = new Set(pack.reasons.map((reason) => reason.code));
  const types = new Set(pack.columns.types.map((column) => column.type));
  const unknown = (what: string, value: string): string => `rule ${rule.id}: unknown ${what} "${value}"`;
  return [
    ...(reasons.has(rule.reason) ? [] : [unknown('reason', rule.reason)]),
    ...conditionsIn(rule.when).flatMap((condition) => {
      if ('cue' in condition && !Object.hasOwn(pack.lexicon.entries, condition.cue.lexicon))
        return [unknown('lexicon', condition.cue.lexicon)];
      if ('finding' in condition)
        return condition.finding.types.filter((type) => !types.has(type)).map((type) => unknown('column type', type));
      if ('points' in condition && !reasons.has(condition.points.reason))
        return [unknown('reason', condition.points.reason)];
      return [];
    }),
  ];
}

/** Names in `columns.yaml` that nothing stands behind, and rules that could never find anything. */
function columnFaults({ columns }: Pack): string[] {
  const types = new Set(columns.types.map(({ type }) => type));
  const ways = columns.types.flatMap((type) => type.ways);
  return [
    ...repeated(columns.types.map(({ type }) => type)).map((type) => `column type ${type} is there twice`),
    ...repeated(ways.map(({ rule }) => rule)).map((rule) => `column rule ${rule} is there twice`),
    ...ways
      .filter(({ validator }) => !Object.hasOwn(VALIDATORS, validator))
      .map(({ rule, validator }) => `column rule ${rule}: unknown validator "${validator}"`),
    ...ways.flatMap(({ rule, lists = [] }) =>
      lists
        .filter((list) => !Object.hasOwn(columns.lists, list))
        .map((list) => `column rule ${rule}: unknown list "${list}"`),
    ),
    ...columns.types.flatMap(({ type, neighbours = [] }) =>
      neighbours.filter((name) => !types.has(name)).map((name) => `column type ${type}: unknown neighbour "${name}"`),
    ),
    ...columns.types
      .filter(({ neighbours, ways: own }) => neighbours === undefined && own.some((way) => 'withNeighbours' in way))
      .map(({ type }) => `column type ${type}: withNeighbours without neighbours`),
  ];
}

/** What a schema cannot say: names that must exist elsewhere in the pack, ids that must be unique. Empty when sound. */
export function packFaults(pack: Pack): string[] {
  const labelled = new Set(pack.issues.map((issue) => issue.code));
  const outcomes = (kind: string): number => pack.rules.filter((rule) => kind in rule.outcome).length;
  return [
    ...repeated(pack.rules.map((rule) => rule.id)).map((id) => `rule ${id} is there twice`),
    ...repeated(pack.reasons.map((reason) => reason.code)).map((code) => `reason ${code} is there twice`),
    ...ISSUE_CODES.filter((code) => !labelled.has(code)).map((code) => `issue ${code} has no label`),
    ...['refuse', 'declared', 'unknown', 'residual']
      .filter((kind) => outcomes(kind) === 0)
      .map((kind) => `no rule has the outcome "${kind}"`),
    ...pack.rules.flatMap((rule) => ruleFaults(pack, rule)),
    ...columnFaults(pack),
  ];
}
