import type { DatasetFacts, DatasetRecord } from '../catalogue/index.js';
import type { Evidence } from './assessment-store.js';
import type { Facts } from './domain/facts.js';

const known = <K extends string>(key: K, value: string | null): { [P in K]?: string } =>
  (value === null || value.trim() === '' ? {} : { [key]: value }) as { [P in K]?: string };

/** A code that the import's own map did not know stays unknown; without a code nothing was declared. */
function declared({ declaredCode, declaredTier }: DatasetFacts): Pick<Facts, 'declaredCode' | 'declaredTier'> {
  if (declaredTier !== null) return { declaredTier, ...known('declaredCode', declaredCode) };
  return declaredCode === null ? {} : { declaredCode, declaredTier: null };
}

/**
 * The engine's facts of a catalogue record, with what people submitted about it. Distributions are told apart by their
 * place, so that the verdict's order is the record's.
 */
export const factsOfDataset = (record: DatasetFacts, evidence: Evidence | null, conditions?: number): Facts => {
  const { fileHash: _, ...submitted } = evidence ?? {};
  return {
    title: record.title,
    abstract: record.abstract,
    keywords: record.keywords,
    publisher: record.publisher,
    ...known('licence', record.licence),
    ...known('rights', record.rights),
    ...known('legalBasis', record.legalBasis),
    ...known('updateFrequency', record.updateFrequency),
    ...known('securityLevel', record.securityLevel),
    ...declared(record),
    ...(conditions === undefined ? {} : { conditions }),
    items: record.items,
    distributions: record.distributions.map(({ format, kind, direct }, index) => ({
      id: `${index}`,
      kind,
      format,
      served: direct,
    })),
    ...submitted,
  };
};

/** The record at another tier: its items and distributions follow. */
export function atTier(
  record: DatasetRecord,
  tier: DatasetRecord['tier'],
  status: DatasetRecord['tierStatus'],
  items: readonly { readonly name: string; readonly tier: DatasetRecord['tier'] }[],
): DatasetRecord {
  return {
    ...record,
    tier,
    tierStatus: status,
    items: record.items.map((item, index) => ({ ...item, tier: items[index]?.tier ?? tier })),
    distributions: record.distributions.map((distribution) => ({ ...distribution, tier })),
  };
}
