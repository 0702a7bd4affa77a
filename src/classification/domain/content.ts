import type { Text } from '../../kernel/text.js';
import type { Finding, ItemFacts } from './facts.js';
import { fold } from './lexicon.js';
import type { Lowering } from './lowering/lowering.js';
import type { Risk } from './risk/risk.js';

/** A column of a file: its name there, and the name of the data item it is. */
export interface ContentColumn {
  readonly name: string;
  readonly item: string;
  /** Non-empty cells read. */
  readonly sampleSize: number;
}

/**
 * What the content of a file says about a dataset: counts, shares, names of columns, never a cell. `sample`: read here.
 * `report`: what somebody's own run of `tiergate classify` says; its figures are their claim, and nobody here saw the file.
 */
export interface Content {
  readonly origin: 'sample' | 'report';
  readonly fileHash: string;
  readonly bytes: number;
  readonly format?: string;
  readonly encoding?: string;
  readonly rows: number;
  readonly brokenRows: number;
  readonly brokenCharacters: number;
  /** Formulas that were saved without what they come to; absent where there are none. */
  readonly uncalculated?: number;
  /** Doubts that a report of somebody's own run raises itself: they are believed, because they only ask for a look. */
  readonly claimed?: readonly Doubt[];
  readonly columns: readonly ContentColumn[];
  /** Figures of re-identification risk, as the risk core gives them; absent where it could not be assessed. */
  readonly risk?: Risk;
  /** Steps after which the rules give a lower tier. */
  readonly lowering?: readonly Lowering[];
}

/**
 * Why nobody should rely on what was read without a look: rows, characters or formulas that say nothing; records about
 * sensitive things that few others are like; rules that could not be asked inside a database.
 */
export const DOUBTS = ['broken-rows', 'broken-characters', 'uncalculated', 'singled-out', 'not-asked'] as const;
export type Doubt = (typeof DOUBTS)[number];

type Read = Pick<Content, 'rows' | 'brokenRows' | 'brokenCharacters' | 'uncalculated' | 'risk' | 'claimed'>;

/** Whether somebody is alone, or among too few, with what is sensitive about them. */
const singlesOut = (risk: Risk | undefined): boolean =>
  risk?.status === 'assessed' &&
  risk.sets.some(
    ({ figures, diversity }) => diversity.length > 0 && figures.status === 'assessed' && figures.atRisk > 0,
  );

/** More than one row, character or formula in a hundred rows that could not be read as it was meant, and what else is doubtful. */
export function doubtsOf(
  { rows, brokenRows, brokenCharacters, uncalculated = 0, risk, claimed = [] }: Read,
  notAsked: readonly string[] = [],
): Doubt[] {
  const many = (count: number): boolean => count * 100 > rows;
  const found: Readonly<Record<Doubt, boolean>> = {
    'broken-rows': many(brokenRows),
    'broken-characters': many(brokenCharacters),
    uncalculated: many(uncalculated),
    'singled-out': singlesOut(risk),
    'not-asked': notAsked.length > 0,
  };
  return DOUBTS.filter((doubt) => found[doubt] || claimed.includes(doubt));
}

interface NamedItem {
  readonly name: string;
  readonly title?: Text;
}

/**
 * The data item that each column of a file is, by its name or a title of it; a column of no item stands under its own
 * name. Two columns are never taken for one item.
 */
export function itemsOfColumns(columns: readonly string[], items: readonly NamedItem[]): ReadonlyMap<string, string> {
  const known = new Map<string, string>();
  for (const { name, title } of items)
    for (const word of [name, title?.zh, title?.en]) if (word !== undefined && word !== '') known.set(fold(word), name);
  const taken = new Set<string>(items.map(({ name }) => name));
  const used = new Set<string>();
  return new Map(
    columns.map((column) => {
      const item = known.get(fold(column));
      if (item !== undefined && !used.has(item)) {
        used.add(item);
        return [column, item];
      }
      return [column, taken.has(column) ? `${column} (file)` : column];
    }),
  );
}

/** Findings under the names of the data items. */
export const underItems = (findings: readonly Finding[], items: ReadonlyMap<string, string>): Finding[] =>
  findings.map((finding) => ({ ...finding, item: items.get(finding.item) ?? finding.item }));

/** The record's items, and after them the columns of the file that are none of them. */
export function withColumns(items: readonly ItemFacts[], content: Content | undefined): readonly ItemFacts[] {
  const known = new Set(items.map(({ name }) => name));
  const more = (content?.columns ?? []).filter(({ item }) => !known.has(item));
  return more.length === 0 ? items : [...items, ...more.map(({ item }) => ({ name: item }))];
}
