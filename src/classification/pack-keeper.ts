import type { Follower, Proven } from '../log/index.js';
import type { Reader, UnitOfWork } from '../persistence/index.js';
import { type CompiledPack, compile } from './domain/compiled.js';
import { contentFaults, contentHash, packOfContent } from './packs/content.js';
import type { Packs } from './packs/load.js';
import type { PackSealer } from './packs/seal.js';
import type { RulePackRow, RulePackStore } from './rule-pack-store.js';

/** A published version that is not believed, and why. */
export interface DistrustedPack {
  readonly id: string;
  readonly pack: string;
  readonly number: number;
  readonly why: 'edited' | 'seal' | 'unsound' | 'gone';
}

/** What of the published versions may count. */
export interface BelievedPacks {
  readonly sound: ReadonlyMap<string, CompiledPack>;
  readonly distrusted: readonly DistrustedPack[];
}

type Row = Proven<RulePackRow>;

/** Why a published version may not count; null for one that may. */
function whyNot({ row, intact }: Row, sealer: PackSealer | null, root: string): DistrustedPack['why'] | null {
  const { content, hash, pack, number, seal } = row;
  if (!intact || contentHash(content) !== hash || content.id !== pack || content.version !== number) return 'edited';
  if (sealer !== null && !sealer.holds(seal, pack, number, hash)) return 'seal';
  return contentFaults(content, root).length > 0 ? 'unsound' : null;
}

/** Reads every published version and holds it against the log, the schemas, and where the secret is known its seal. */
export async function believedPacks(
  reader: Reader,
  store: RulePackStore,
  sealer: PackSealer | null,
  root: string,
): Promise<BelievedPacks> {
  const sound = new Map<string, CompiledPack>();
  const distrusted: DistrustedPack[] = (await store.missing(reader)).map((id) => ({
    id,
    pack: '',
    number: 0,
    why: 'gone',
  }));
  for (const proven of await store.published(reader)) {
    const { id, pack, number, content } = proven.row;
    const why = whyNot(proven, sealer, root);
    if (why === null) sound.set(id, compile(packOfContent(content)));
    else distrusted.push({ id, pack, number, why });
  }
  return { sound, distrusted };
}

export interface PackKeeperDeps {
  readonly packs: Packs;
  readonly store: RulePackStore;
  readonly sealer: PackSealer;
  readonly unit: Pick<UnitOfWork, 'read'>;
  readonly follower?: Pick<Follower, 'subscribe'>;
  /** A published version is not believed; told once for each. */
  readonly alarm: (pack: DistrustedPack) => void;
}

/**
 * Keeps this instance on what is published: reads it at the start and whenever the log says that a version changed. A
 * row edited behind the log, or not sealed by this product, is never taken in; what was good before stays in force.
 */
export class PackKeeper {
  #distrusted: readonly DistrustedPack[] = [];
  #good: ReadonlyMap<string, CompiledPack> = new Map();

  constructor(private readonly deps: PackKeeperDeps) {
    deps.follower?.subscribe(['rule-pack'], () => this.reload());
  }

  /** Published versions that are not believed now; readiness is degraded while there are any. */
  get distrusted(): readonly DistrustedPack[] {
    return this.#distrusted;
  }

  /** Loads what is published. */
  async reload(): Promise<void> {
    const { unit, store, sealer, packs, alarm } = this.deps;
    const { sound, distrusted } = await unit.read((reader) => believedPacks(reader, store, sealer, packs.root));
    const known = new Set(this.#distrusted.map(({ id }) => id));
    // A version that was good when it was read stays as it was read; only a new and sound one is added.
    const kept = distrusted.flatMap(({ id }) => {
      const before = this.#good.get(id);
      return before === undefined ? [] : [[id, before] as const];
    });
    this.#good = new Map([...kept, ...sound]);
    this.#distrusted = distrusted;
    packs.install([...this.#good.values()]);
    for (const one of distrusted) if (!known.has(one.id)) alarm(one);
  }
}
