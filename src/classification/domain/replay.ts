import { canonicalJson } from '../../kernel/canonical.js';
import type { CompiledPack } from './compiled.js';
import type { Facts } from './facts.js';
import type { Held } from './hold.js';
import type { Answer, Verdict } from './verdict.js';

/** Counted up when the interpreter changes what the same pack and facts give. */
export const ENGINE = 1;

/** The text whose hash names a run: engine, pack, facts, answer. Equal runs give equal bytes. */
export const replayText = (facts: Facts, { pack }: CompiledPack, answer: Answer): string =>
  canonicalJson({ engine: ENGINE, pack: { id: pack.id, version: pack.version, hash: pack.hash }, facts, answer });

/**
 * Records with the same rules and verdict, of which confirming makes the same tier, form one group, confirmed by one act:
 * the text whose hash names the group. What a person proposes against the rules is a group of its own, else one act would
 * lower a record among many that it raises. A publisher's records are kept apart from another's, and what a rule found by
 * word is not part of the key.
 */
export const groupText = (
  verdict: Verdict,
  { pack }: CompiledPack,
  publisher: string,
  asked: Pick<Held, 'tier' | 'proposed'>,
): string =>
  canonicalJson({
    asked: { from: asked.tier, to: asked.proposed },
    pack: `${pack.id}/${pack.version}`,
    publisher,
    rules: verdict.rules.map((rule) => rule.id).sort(),
    issues: verdict.issues.map((issue) => issue.code).sort(),
    tier: verdict.tier,
    proposed: verdict.proposed,
    declared: verdict.declared,
  });
