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
  ];
}
