import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson } from '../../kernel/canonical.js';
import { err, ok, type Result } from '../../kernel/result.js';
import { type CompiledPack, compile } from '../domain/compiled.js';
import type { ColumnTypes } from '../domain/columns/column-types.js';
import type { Lexicon, Pack, Rule } from '../domain/pack.js';
import { packFaults } from './checks.js';
import { Documents, type PackFault } from './documents.js';
import { policiesFolder } from './folder.js';

export type { PackFault } from './documents.js';

interface Head extends Omit<Pack, 'hash' | 'rules' | 'lexicon' | 'columns'> {
  readonly lexicon: number;
  readonly columns: number;
}

/** Parts of a pack that have numbers of their own and are shared by packs. */
export const LIST_PARTS = ['lexicon', 'columns'] as const;
export type ListPart = (typeof LIST_PARTS)[number];

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

function build(documents: Documents, folder: string): Pack | null {
  const head = documents.read<Head>('pack', join(folder, 'pack.yaml'));
  const rules = documents.read<Rule[]>('rules', join(folder, 'rules.yaml'));
  if (head === null) return null;
  const lexicon = documents.read<Lexicon>('lexicon', join('lexicons', `${head.lexicon}`, 'lexicon.yaml'));
  const columns = documents.read<ColumnTypes>('columns', join('lexicons', `${head.columns}`, 'columns.yaml'));
  if (rules === null || lexicon === null || columns === null) return null;
  const file = join(folder, 'governance.yaml');
  const governance = documents.has(file) ? documents.read<NonNullable<Pack['governance']>>('governance', file) : null;
  const content = { ...head, rules, lexicon, columns, ...(governance === null ? {} : { governance }) };
  const pack: Pack = { ...content, hash: sha256(canonicalJson(content)) };
  for (const detail of packFaults(pack)) documents.fault(join(folder, 'rules.yaml'), detail);
  const kinds = documents.conditionKinds();
  for (const kind of pack.conditionKinds)
    if (!kinds.has(kind)) documents.fault(join(folder, 'pack.yaml'), `unknown kind of condition "${kind}"`);
  if (join('packs', pack.id, `${pack.version}`) !== folder)
    documents.fault(join(folder, 'pack.yaml'), `id and version do not fit the folder ${folder}`);
  return pack;
}

/** Folders `packs/<jurisdiction>/<version>` that hold a classification pack, in order of name and version. */
function packFolders(root: string): string[] {
  return readdirSync(join(root, 'packs'))
    .sort()
    .flatMap((id) =>
      readdirSync(join(root, 'packs', id))
        .filter((version) => existsSync(join(root, 'packs', id, version, 'pack.yaml')))
        .sort((a, b) => Number(a) - Number(b))
        .map((version) => join('packs', id, version)),
    );
}

/**
 * The rule packs in force: those shipped in the policies folder, and above them what people published here. The newest
 * version of an id is the one in force. What is published is exchanged as a whole, so that no run sees half of it.
 */
export class Packs {
  readonly #shipped: readonly CompiledPack[];
  #all: readonly CompiledPack[];

  constructor(
    shipped: readonly CompiledPack[],
    /** The policies folder they came from. */
    readonly root: string = policiesFolder(),
  ) {
    this.#shipped = shipped;
    this.#all = shipped;
  }

  get all(): readonly CompiledPack[] {
    return this.#all;
  }

  /** Each pack in the version in force. */
  get inForce(): readonly CompiledPack[] {
    return [...new Set(this.#all.map(({ pack }) => pack.id))].flatMap((id) => this.current(id) ?? []);
  }

  current(id: string): CompiledPack | null {
    const versions = this.#all.filter(({ pack }) => pack.id === id);
    return versions.reduce<CompiledPack | null>(
      (newest, one) => (newest === null || one.pack.version >= newest.pack.version ? one : newest),
      null,
    );
  }

  /** The version an assessment was made with; null when it is no longer installed or was changed since. */
  exactly(id: string, version: number, hash: string): CompiledPack | null {
    return this.#all.find(({ pack }) => pack.id === id && pack.version === version && pack.hash === hash) ?? null;
  }

  /** Whether this version came with the product. */
  isShipped(compiled: CompiledPack): boolean {
    return this.#shipped.includes(compiled);
  }

  /** A list that the product brings, by its number; null where it brings none. */
  list<Part extends ListPart>(part: Part, number: number): Pack[Part] | null {
    return this.#shipped.find(({ pack }) => pack[part].version === number)?.pack[part] ?? null;
  }

  /** Lists that the product brings for a pack and that are newer than those of the version in force. */
  newerLists(pack: Pack): readonly { readonly part: ListPart; readonly version: number }[] {
    const brought = this.#shipped.filter((one) => one.pack.id === pack.id);
    return LIST_PARTS.flatMap((part) => {
      const version = Math.max(0, ...brought.map((one) => one.pack[part].version));
      return version > pack[part].version ? [{ part, version }] : [];
    });
  }

  /** Puts these versions above the shipped ones, in place of what was put there before. */
  install(published: readonly CompiledPack[]): void {
    this.#all = [...this.#shipped, ...published];
  }
}

/** Everything below `policies` that packs are made of. */
const MADE_OF = ['packs', 'lexicons', join('schemas', 'classification'), 'condition-kinds.yaml'];

/** Tells one state of the folder from every other: names and bytes of all that packs are made of. */
function stateOf(root: string): string {
  const hash = createHash('sha256');
  for (const part of MADE_OF) {
    const path = join(root, part);
    if (!existsSync(path)) continue;
    const files = statSync(path).isDirectory() ? readdirSync(path, { recursive: true, encoding: 'utf8' }).sort() : [''];
    for (const file of files)
      if (statSync(join(path, file)).isFile())
        hash
          .update(`${part}/${file}\n`)
          .update(readFileSync(join(path, file)))
          .update('\n');
  }
  return hash.digest('hex');
}

/** What was loaded last, and from what: compiled packs do not change, and parsing and checking them takes half a second. */
let last: { readonly state: string; readonly packs: readonly CompiledPack[] } | null = null;

/**
 * Loads and checks every rule pack; where the folder is as it was when they were last loaded, gives the same ones. One
 * fault anywhere refuses them all, and all faults are told.
 */
export function loadPacks(root: string = policiesFolder()): Result<Packs, readonly PackFault[]> {
  const state = stateOf(root);
  if (last?.state !== state) {
    const loaded = load(root);
    if (!loaded.ok) return loaded;
    last = { state, packs: loaded.value };
  }
  return ok(new Packs(last.packs, root));
}

function load(root: string): Result<readonly CompiledPack[], readonly PackFault[]> {
  const documents = new Documents(root);
  const packs = packFolders(root).map((folder) => build(documents, folder));
  if (documents.faults.length > 0) return err(documents.faults);
  return ok(packs.filter((pack) => pack !== null).map(compile));
}

/** For a start that cannot go on without sound rules. */
export function requirePacks(root: string = policiesFolder()): Packs {
  const loaded = loadPacks(root);
  if (loaded.ok) return loaded.value;
  const lines = loaded.error.map((fault) => `  ${fault.file}: ${fault.detail}`);
  throw new Error(`The rule packs are not sound:\n${lines.join('\n')}`);
}
