import { refusal } from '../kernel/refusal.js';
import { err, ok, type Result } from '../kernel/result.js';
import type { Evidence } from './assessment-store.js';
import type { Finding } from './domain/facts.js';

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isShare = (value: unknown): value is number => typeof value === 'number' && value >= 0 && value <= 1;
const isShort = (value: unknown): value is string => typeof value === 'string' && value !== '' && value.length <= 200;
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

const invalid = (detail: string): Result<never> => err(refusal('invalid-report', detail));

function findingOf(value: unknown): Finding | null {
  if (!isObject(value)) return null;
  const { item, type, matchedFraction, sampleSize, rule } = value;
  return isShort(item) && isShort(type) && isShort(rule) && isShare(matchedFraction) && isCount(sampleSize)
    ? { item, type, matchedFraction, sampleSize, rule }
    : null;
}

/** The findings of a report that `tiergate classify --json` wrote elsewhere, and the hash of the file they describe. */
export function evidenceOfReport(report: Readonly<Record<string, unknown>>): Result<Evidence> {
  const { kind, file, columns } = report;
  if (kind !== 'assessed') return invalid('kind is not "assessed"');
  if (!isObject(file) || typeof file.sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(file.sha256))
    return invalid('file.sha256 is not a hash');
  if (!Array.isArray(columns) || columns.length > 4096) return invalid('columns is not a list');
  const findings: Finding[] = [];
  for (const [index, column] of columns.entries()) {
    if (!isObject(column) || !Array.isArray(column.findings)) return invalid(`columns[${index}] has no findings`);
    for (const value of column.findings) {
      const finding = findingOf(value);
      if (finding === null) return invalid(`columns[${index}] has a finding that is none`);
      findings.push(finding);
    }
  }
  return ok({ findings, fileHash: file.sha256 });
}
