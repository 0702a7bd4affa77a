import type { DatasetFacts, DatasetRecord } from '../catalogue/index.js';
import type { Evidence } from './assessment-store.js';
import { type Content, itemsOfColumns, underItems, withColumns } from './domain/content.js';
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
  const { content, broughtBy: _, ...submitted } = evidence ?? {};
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
    items: withColumns(record.items, content),
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

/** Evidence of a file under the names of the record's own items. */
export function placed(evidence: Evidence, { items }: Pick<DatasetRecord, 'items'>): Evidence {
  const { content, findings } = evidence;
  if (content === undefined) return evidence;
  const names = itemsOfColumns(
    content.columns.map(({ name }) => name),
    items,
  );
  const columns: Content['columns'] = content.columns.map((column) => ({
    ...column,
    item: names.get(column.name) ?? column.name,
  }));
  return {
    ...evidence,
    content: { ...content, columns },
    ...(findings === undefined ? {} : { findings: underItems(findings, names) }),
  };
}
