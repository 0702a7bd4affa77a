import type { Id } from '../../kernel/ids.js';
import type { Reader } from '../../persistence/index.js';
import type { AssessmentRow, AssessmentStore } from '../assessment-store.js';
import {
  type ExactFusion,
  type FusionAssessment,
  isCurrent,
  pairKey,
  pairsOf,
  turned,
} from '../domain/fusion-assessment.js';
import { type ColumnRules, columnRules } from '../domain/columns/column-rules.js';
import type { ColumnTypes } from '../domain/columns/column-types.js';
import {
  type KnownColumns,
  sharedIdentifiers,
  type SharedIdentifiers,
  tellingColumns,
  tellingHeadings,
  within,
} from '../domain/risk/shared-identifiers.js';
import type { FusionStore } from '../fusion-store.js';
import type { Packs } from '../packs/load.js';

/** A dataset, or these items of it; none is all of them. */
export interface Held {
  readonly dataset: Id;
  readonly items: readonly string[];
}

/** What is known of two datasets without any file at hand. */
export interface KnownPair {
  readonly first: Id;
  readonly second: Id;
  readonly shared: SharedIdentifiers;
  /** The newest figures of files of both. `current`: they are of the assessments that explain the tiers now. */
  readonly exact: (ExactFusion & { readonly current: boolean }) | null;
}

/** Fusion assessments looked through for figures of pairs; older ones are not found. */
const LOOKED_THROUGH = 1000;

/** What stored assessments say of datasets that somebody holds together. */
export class FusionKnowledge {
  private readonly rules = new WeakMap<ColumnTypes, ColumnRules>();

  constructor(
    private readonly assessments: Pick<AssessmentStore, 'current'>,
    private readonly fusions: Pick<FusionStore, 'among'>,
    private readonly packs: Packs,
  ) {}

  /** The assessments that explain the tiers of these datasets now, by dataset. */
  async current(reader: Reader, datasets: readonly Id[]): Promise<ReadonlyMap<Id, AssessmentRow>> {
    const rows = datasets.length === 0 ? [] : await this.assessments.current(reader, [...new Set(datasets)]);
    return new Map(rows.map((row) => [row.dataset, row]));
  }

  /** Each pair, in the order asked. */
  async of(reader: Reader, pairs: readonly (readonly [Held, Held])[]): Promise<KnownPair[]> {
    const datasets = [...new Set(pairs.flatMap(([a, b]) => [a.dataset, b.dataset]))];
    const rows = await this.current(reader, datasets);
    const exact = await this.newest(reader, datasets);
    const now = new Map([...rows].map(([dataset, { id }]) => [dataset, id]));
    return pairs.map(([first, second]) => ({
      first: first.dataset,
      second: second.dataset,
      shared: sharedIdentifiers(this.columns(rows, first), this.columns(rows, second)),
      exact: exactOf(exact.get(pairKey(first.dataset, second.dataset)), [first.dataset, second.dataset], now),
    }));
  }

  private columns(rows: ReadonlyMap<Id, AssessmentRow>, { dataset, items }: Held): KnownColumns | null {
    const row = rows.get(dataset);
    const compiled = row === undefined ? null : this.packs.current(row.pack);
    if (row === undefined || compiled === null) return null;
    const { columns: types } = compiled.pack;
    const { findings = [], items: named = [] } = row.facts;
    const known: KnownColumns =
      findings.length > 0 || row.evidence?.content !== undefined
        ? { basis: 'content', columns: tellingColumns(findings, types) }
        : { basis: 'headings', columns: tellingHeadings(named, this.rulesOf(types), types) };
    return within(known, items);
  }

  private rulesOf(types: ColumnTypes): ColumnRules {
    const found = this.rules.get(types) ?? columnRules(types);
    this.rules.set(types, found);
    return found;
  }

  private async newest(reader: Reader, datasets: readonly Id[]): Promise<ReadonlyMap<string, FusionAssessment>> {
    const found = new Map<string, FusionAssessment>();
    if (datasets.length < 2) return found;
    for (const fusion of await this.fusions.among(reader, datasets, LOOKED_THROUGH))
      for (const { first, second, exact } of fusion.pairs) {
        const key = pairKey(first, second);
        if (exact?.fusion === fusion.id && !found.has(key)) found.set(key, fusion);
      }
    return found;
  }
}

function exactOf(
  fusion: FusionAssessment | undefined,
  pair: readonly [Id, Id],
  now: ReadonlyMap<Id, Id>,
): KnownPair['exact'] {
  const found = fusion?.pairs.find(({ first, second }) => pairKey(first, second) === pairKey(...pair));
  if (fusion === undefined || found?.exact == null) return null;
  const { exact } = found;
  const figures = found.first === pair[0] ? exact.figures : turned(exact.figures);
  return { ...exact, figures, current: isCurrent(fusion, pair, now) };
}

/** Whole datasets, each with each. */
export const wholePairs = (datasets: readonly Id[]): (readonly [Held, Held])[] =>
  pairsOf(datasets.map((dataset) => ({ dataset, items: [] })));
