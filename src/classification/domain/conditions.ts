import type { CompiledPack } from './compiled.js';
import type { Declared } from './declared.js';
import type { Facts } from './facts.js';
import { fold, type Prepared, prepared } from './lexicon.js';
import { type CodedFact, type Condition, type Exemption, TEXT_FIELDS, type TextField } from './pack.js';
import type { FiredRule, Input } from './verdict.js';

/** What conditions are tested against: the facts, the declared tier as read, and the rules that fired before. */
export interface Situation {
  readonly facts: Facts;
  readonly declared: Declared;
  readonly compiled: CompiledPack;
  readonly fired: readonly FiredRule[];
  /** Texts of the facts by field, prepared once for all rules. */
  readonly passages: ReadonlyMap<TextField, readonly Passage[]>;
}

interface Passage {
  readonly text: Prepared;
  readonly item?: string;
}

const texts = (...parts: (string | undefined)[]): Passage[] =>
  parts.flatMap((text) => (text === undefined || text === '' ? [] : [{ text: prepared(text) }]));

function passagesOf(facts: Facts, field: TextField): Passage[] {
  switch (field) {
    case 'title':
      return texts(facts.title.zh, facts.title.en);
    case 'abstract':
      return texts(facts.abstract?.zh, facts.abstract?.en);
    case 'keywords':
      return texts(...(facts.keywords ?? []));
    case 'rights':
      return texts(facts.rights);
    case 'licence':
      return texts(facts.licence);
    case 'publisher':
      return texts(facts.publisher);
    case 'items':
      return (facts.items ?? []).flatMap((item) =>
        texts(item.name, item.title?.zh, item.title?.en).map((passage) => ({ ...passage, item: item.name })),
      );
    default:
      return field satisfies never;
  }
}

/** Everything in the facts that rules read as text. */
export const readings = (facts: Facts): Situation['passages'] =>
  new Map(TEXT_FIELDS.map((field) => [field, passagesOf(facts, field)]));

function cueInputs(situation: Situation, lexicon: string, fields: readonly TextField[]): Input[] {
  const matcher = situation.compiled.matchers.get(lexicon);
  if (matcher === undefined) return [];
  return fields.flatMap((field) =>
    (situation.passages.get(field) ?? []).flatMap(({ text, item }) => {
      const term = matcher.findIn(text);
      return term === null ? [] : [{ fact: field, value: term, ...(item === undefined ? {} : { item }) }];
    }),
  );
}

/** A share as people read it; the exact figures stay in the facts. */
const share = (fraction: number): string => `${Math.round(fraction * 1000) / 10} %`;

const findingInputs = (facts: Facts, types: readonly string[]): Input[] =>
  (facts.findings ?? [])
    .filter((finding) => types.includes(finding.type))
    .map((finding) => ({
      fact: 'findings',
      value: `${finding.type}: ${share(finding.matchedFraction)} of ${finding.sampleSize} (${finding.rule})`,
      item: finding.item,
    }));

function factInputs(facts: Facts, name: CodedFact, values: readonly string[]): Input[] {
  const value = facts[name];
  if (value === undefined || !values.some((candidate) => fold(candidate) === fold(value))) return [];
  return [{ fact: name, value }];
}

function declaredInputs(declared: Declared, wanted: readonly string[]): Input[] {
  const is = declared.kind === 'tier' ? declared.tier : declared.kind;
  if (!wanted.includes(is)) return [];
  return [{ fact: 'declared', value: declared.kind === 'undeclared' ? 'none' : declared.code }];
}

/** A term as people read it: the word first, then where it stood. */
function spokenTerm(term: string): string {
  const [place, ...word] = term.split(':');
  return word.length === 0 ? term : `${word.join(' ')} (${place})`;
}

/** The share and the model, then the terms that spoke most with their weights. */
function learnedInputs({ learned }: Facts, wanted: readonly string[]): Input[] {
  if (learned === undefined || !learned.enough || !wanted.includes(learned.tier)) return [];
  const { model, own, others, tier, terms } = learned;
  return [
    { fact: 'learned', value: `${tier}: ${share(learned.share)} (${model}; ${own} + ${others})` },
    ...terms.map(({ term, weight }) => ({ fact: 'learned-term', value: `${spokenTerm(term)}: +${weight}` })),
  ];
}

function pointInputs(fired: readonly FiredRule[], reason: string, atLeast: number): Input[] {
  const points = fired.filter((rule) => 'evidence' in rule.outcome && rule.reason === reason);
  return points.length >= atLeast ? points.flatMap((rule) => rule.inputs) : [];
}

/** What made the condition hold; empty when it does not hold. Conditions have no negation, so this only grows. */
export function inputsOf(situation: Situation, condition: Condition): readonly Input[] {
  if ('all' in condition) {
    const parts = condition.all.map((part) => inputsOf(situation, part));
    return parts.every((part) => part.length > 0) ? parts.flat() : [];
  }
  if ('any' in condition) return condition.any.flatMap((part) => inputsOf(situation, part));
  if ('cue' in condition) return cueInputs(situation, condition.cue.lexicon, condition.cue.in);
  if ('finding' in condition) return findingInputs(situation.facts, condition.finding.types);
  if ('fact' in condition) return factInputs(situation.facts, condition.fact.name, condition.fact.in);
  if ('learned' in condition) return learnedInputs(situation.facts, condition.learned);
  if ('declared' in condition) return declaredInputs(situation.declared, condition.declared);
  return pointInputs(situation.fired, condition.points.reason, condition.points.atLeast);
}

/**
 * Whether a recorded act of people lifts a ground. De-identified is still personal (Personal Information Protection
 * Law arts. 4, 73): only grade 4 with method, evaluator and date counts as anonymised.
 */
export function exempt(facts: Facts, exemption: Exemption): boolean {
  if (exemption === 'consent') return facts.consent !== undefined && facts.consent.withdrawn !== true;
  const act = facts.deidentification;
  return act !== undefined && act.grade === 4 && [act.method, act.evaluator, act.date].every((part) => part !== '');
}
