import { FIELDS, type Facets, TIERS, type Tier, type Wording } from './types';

type Row = Record<string, unknown>;
const none = (): Record<Tier, number> => ({ open: 0, conditional: 0, restricted: 0 });
const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null;
const rowsOf = (value: unknown): readonly Row[] => (Array.isArray(value) ? value.filter(isRow) : []);
const numberOf = (value: unknown): number => (typeof value === 'number' ? value : 0);
const countOf = (row: Row | undefined): number => numberOf(row?.['count'] ?? row?.['total']);
const codeOf = (row: Row): unknown => row['code'] ?? row['field'] ?? row['tier'] ?? row['value'] ?? row['id'];

const tiersOf = (value: unknown): Record<Tier, number> => {
  const rows = rowsOf(value);
  const tiers = none();
  for (const tier of TIERS) {
    tiers[tier] =
      isRow(value) && !Array.isArray(value) ? numberOf(value[tier]) : countOf(rows.find((row) => codeOf(row) === tier));
  }
  return tiers;
};

/** Reads the counts of `/api/facets`; fields come back in the order of the catalogue, also those that hold nothing. */
export function facetsOf(body: unknown): Facets {
  const source = isRow(body) ? body : {};
  const fields = rowsOf(source['fields']);
  return {
    tiers: tiersOf(source['tiers']),
    fields: FIELDS.map((field) => ({ field, total: countOf(fields.find((row) => codeOf(row) === field)) })),
    publishers: rowsOf(source['publishers']).map((row) => ({
      id: String(row['id'] ?? row['code']),
      name: (row['name'] ?? row['label'] ?? row['id']) as Wording,
      total: countOf(row),
    })),
  };
}

/** Counts per field and tier, put together from the facets of each tier. */
export const byTier = (facets: Readonly<Record<Tier, Facets>>) =>
  FIELDS.map((field) => {
    const tiers = none();
    for (const tier of TIERS) tiers[tier] = facets[tier].fields.find((row) => row.field === field)?.total ?? 0;
    return { field, tiers, total: tiers.open + tiers.conditional + tiers.restricted };
  });
export type FieldTiers = ReturnType<typeof byTier>;
