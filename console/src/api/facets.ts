import { FIELDS, type Facets, TIERS, type Tier, type Wording } from './types';

const none = (): Record<Tier, number> => ({ open: 0, conditional: 0, restricted: 0 });
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const numberOf = (value: unknown): number => (typeof value === 'number' ? value : 0);

const tiersOf = (value: unknown): Record<Tier, number> => {
  const tiers = none();
  if (!isRecord(value)) return tiers;
  for (const tier of TIERS) tiers[tier] = numberOf(value[tier]);
  return tiers;
};

/** Reads the counts of `/api/facets`; fields come back in the order of the catalogue, also those that hold nothing. */
export function facetsOf(body: unknown): Facets {
  const source = isRecord(body) ? body : {};
  const fieldRows = Array.isArray(source['fields']) ? source['fields'].filter(isRecord) : [];
  const publisherRows = Array.isArray(source['publishers']) ? source['publishers'].filter(isRecord) : [];
  return {
    total: numberOf(source['total']),
    tiers: tiersOf(source['tiers']),
    fields: FIELDS.map((field) => {
      const row = fieldRows.find((one) => (one['field'] ?? one['code']) === field);
      return { field, total: numberOf(row?.['total']), tiers: tiersOf(row?.['tiers']) };
    }),
    publishers: publisherRows.map((row) => ({
      id: String(row['id']),
      name: row['name'] as Wording,
      total: numberOf(row['total']),
    })),
  };
}
