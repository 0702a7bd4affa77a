import { TIER_WORDS, TIERS, type Tier } from '../../kernel/tier.js';

/** What each column of a worksheet holds, in order. The last three are filled in. */
export const WORKSHEET_FIELDS = [
  'dataset',
  'version',
  'assessment',
  'identifier',
  'titleZh',
  'titleEn',
  'publisher',
  'inForce',
  'declared',
  'proposed',
  'reasons',
  'tier',
  'reason',
  'legalBasis',
] as const;
export type WorksheetField = (typeof WORKSHEET_FIELDS)[number];

/** Most rows of one worksheet, out and in. */
export const WORKSHEET_ROWS = 2000;

/** A choice of the tier column: the word people know, and the code. */
export const tierChoice = (tier: Tier): string => `${TIER_WORDS[tier].zh} ${tier}`;

/** A tier as people write it: a choice of the list, a code, or a word of either language. */
export function tierWritten(text: string): Tier | null {
  const said = text.trim().toLowerCase();
  const names = (tier: Tier): string[] => [tier, tierChoice(tier), TIER_WORDS[tier].zh, TIER_WORDS[tier].en];
  return TIERS.find((tier) => names(tier).some((name) => name.toLowerCase() === said)) ?? null;
}

/** A row as it came back: texts of its cells, and whether any of them is a formula. */
export interface WrittenRow {
  /** As the spreadsheet counts. */
  readonly number: number;
  readonly cells: readonly string[];
  readonly formula: boolean;
}

/** Why a row was not taken, before anything of it was tried. */
export const ROW_FAULTS = ['formula-cell', 'unknown-tier', 'text-too-long', 'duplicate-row', 'not-a-row'] as const;
export type RowFault = (typeof ROW_FAULTS)[number];

/** What a row asks for. */
export interface RowWish {
  readonly dataset: string;
  readonly version: number;
  readonly assessment: string;
  /** What the row shows of the record, see {@link namedAs}. */
  readonly named: string;
  readonly tier: Tier;
  readonly reason: string;
  readonly legalBasis: string;
}

/**
 * What people read of a record in its row: identifier and titles, by their letters and digits alone. It has to be the
 * record's that the id names, else columns were sorted apart and somebody decided on another record than they saw.
 */
export const namedAs = (...shown: readonly (string | null | undefined)[]): string =>
  shown
    .map((text) =>
      (text ?? '')
        .normalize('NFKC')
        .replaceAll(/[^\p{L}\p{N}]+/gu, '')
        .toLowerCase(),
    )
    .join('/');

export type ReadRow =
  | { readonly kind: 'blank' }
  | { readonly kind: 'fault'; readonly code: RowFault }
  | { readonly kind: 'wish'; readonly wish: RowWish };

const LONGEST = { reason: 2000, legalBasis: 1000 } as const;
const ID = /^[0-9A-Za-z._:-]{1,26}$/;

const fault = (code: RowFault): ReadRow => ({ kind: 'fault', code });

/**
 * What a returned row asks for. A formula anywhere in it refuses it, because what it shows, be it nothing, is not what
 * somebody wrote; a row in which nothing was filled in asks for nothing.
 */
export function readRow({ cells, formula }: WrittenRow, seen: ReadonlySet<string>): ReadRow {
  const of = (field: WorksheetField): string => (cells[WORKSHEET_FIELDS.indexOf(field)] ?? '').trim();
  const [tier, reason, legalBasis] = [of('tier'), of('reason'), of('legalBasis')];
  if (formula) return fault('formula-cell');
  if (tier === '' && reason === '' && legalBasis === '') return { kind: 'blank' };
  const [dataset, version] = [of('dataset'), of('version')];
  if (!ID.test(dataset) || !/^\d{1,15}$/.test(version)) return fault('not-a-row');
  if (seen.has(dataset)) return fault('duplicate-row');
  const written = tierWritten(tier);
  if (written === null) return fault('unknown-tier');
  if (reason.length > LONGEST.reason || legalBasis.length > LONGEST.legalBasis) return fault('text-too-long');
  const assessment = of('assessment');
  const named = namedAs(of('identifier'), of('titleZh'), of('titleEn'));
  const said = { tier: written, reason, legalBasis };
  return { kind: 'wish', wish: { dataset, version: Number(version), assessment, named, ...said } };
}
