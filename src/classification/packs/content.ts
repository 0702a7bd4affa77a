import { canonicalJson } from '../../kernel/canonical.js';
import { type Refusal, refusal } from '../../kernel/refusal.js';
import { err, ok, type Result } from '../../kernel/result.js';
import type { Pack } from '../domain/pack.js';
import { packFaults } from './checks.js';
import { type DocumentKind, Documents } from './documents.js';
import { LIST_PARTS, type Packs, sha256 } from './load.js';

/** A pack as it is stored and sealed: everything but its own hash. */
export type PackContent = Omit<Pack, 'hash'>;

export const contentHash = (content: PackContent): string => sha256(canonicalJson(content));
export const packOfContent = (content: PackContent): Pack => ({ ...content, hash: contentHash(content) });

/** Parts of a pack that a draft may change; the others are given by its number and by the product. */
const HEAD = [
  'title',
  'confidence',
  'tiers',
  'levels',
  'declaredCodes',
  'conditionKinds',
  'reasons',
  'issues',
] as const;
const PARTS = { rules: 'rules', lexicon: 'lexicon', columns: 'columns', governance: 'governance' } as const;
const CHANGEABLE: readonly string[] = [...HEAD, ...Object.keys(PARTS)];

export type PackChanges = Readonly<Record<string, unknown>>;

interface Fault {
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
}
const invalid = (faults: readonly Fault[]): Refusal =>
  refusal('invalid-pack', faults[0]?.detail, { errors: faults.slice(0, 50) });

/** Lists that are named by their number, as `pack.yaml` names them, become those that the product brings. */
export function withLists(changes: PackChanges, packs: Pick<Packs, 'list'>): Result<PackChanges> {
  const lists: Record<string, unknown> = {};
  const faults: Fault[] = [];
  for (const part of LIST_PARTS) {
    const number = changes[part];
    if (typeof number !== 'number') continue;
    lists[part] = packs.list(part, number);
    if (lists[part] === null)
      faults.push({
        pointer: `/changes/${part}`,
        code: 'unknown-list',
        detail: `the product brings no ${part}/${number}`,
      });
  }
  return faults.length > 0 ? err(invalid(faults)) : ok({ ...changes, ...lists });
}

/** The next version of a pack: its base with parts exchanged, held against the schemas and against itself. */
export function changedPack(base: Pack, changes: PackChanges, root: string): Result<PackContent> {
  const unknown = Object.keys(changes).filter((name) => !CHANGEABLE.includes(name));
  if (unknown.length > 0)
    return err(
      invalid(
        unknown.map((name) => ({ pointer: `/changes/${name}`, code: 'unknown-part', detail: `no part ${name}` })),
      ),
    );
  const { hash: _, ...rest } = base;
  const content = { ...rest, ...changes, version: base.version + 1 } as PackContent;
  const faults = contentFaults(content, root);
  if (faults.length > 0) return err(invalid(faults));
  return canonicalJson({ ...content, version: base.version }) === canonicalJson(rest)
    ? err(refusal('pack-unchanged'))
    : ok(content);
}

/** Everything wrong with a pack that did not come from the policies folder. */
export function contentFaults(content: PackContent, root: string): Fault[] {
  const documents = new Documents(root);
  const part = (kind: DocumentKind, data: unknown, at: string): Fault[] =>
    documents.faultsOf(kind, data).map(({ path, detail }) => ({ pointer: `${at}${path}`, code: 'invalid', detail }));
  const shape = [
    ...part('pack', headOf(content), '/changes'),
    ...part('rules', content.rules, '/changes/rules'),
    ...part('lexicon', content.lexicon, '/changes/lexicon'),
    ...part('columns', content.columns, '/changes/columns'),
    ...(content.governance === undefined ? [] : part('governance', content.governance, '/changes/governance')),
  ];
  // What is not of the right shape cannot be looked into further.
  if (shape.length > 0) return shape;
  const kinds = documents.conditionKinds();
  return [
    ...packFaults(packOfContent(content)),
    ...content.conditionKinds.filter((kind) => !kinds.has(kind)).map((kind) => `unknown kind of condition "${kind}"`),
  ].map((detail) => ({ pointer: '/changes', code: 'unsound', detail }));
}

/** The head as `pack.yaml` holds it: lists of words are named by their number there. */
function headOf(content: PackContent): object {
  const head = Object.entries(content).filter(([name]) => name !== 'rules' && name !== 'governance');
  return { ...Object.fromEntries(head), lexicon: content.lexicon.version, columns: content.columns.version };
}
