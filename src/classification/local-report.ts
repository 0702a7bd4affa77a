import { refusal } from '../kernel/refusal.js';
import { err, ok, type Result } from '../kernel/result.js';
import type { Evidence } from './assessment-store.js';
import type { Content, Doubt } from './domain/content.js';
import type { Finding } from './domain/facts.js';
import { schemaCheck } from './packs/schema-check.js';

/** What is taken over of a report of `tiergate classify --json`; the schema says so, and lets more pass unread. */
export interface ReadReport {
  readonly file: {
    readonly sha256: string;
    readonly bytes?: number;
    readonly format?: string;
    readonly encoding?: string;
  };
  readonly rows?: number;
  readonly brokenRows?: number;
  readonly brokenCharacters?: number;
  readonly uncalculated?: number;
  readonly doubts?: readonly Doubt[];
  readonly columns: readonly {
    readonly name: string;
    readonly sampleSize?: number;
    readonly findings: readonly Finding[];
  }[];
}

/** What a report says of a file, as evidence. `more`: figures that only a run of our own may add. */
export function evidenceOf(
  { file, columns, ...counts }: ReadReport,
  origin: Content['origin'],
  more: Pick<Content, 'risk' | 'lowering'> = {},
): Evidence {
  const { doubts: claimed = [] } = counts;
  const findings = columns.flatMap((column) =>
    column.findings.map(({ item, type, matchedFraction, sampleSize, rule }) => ({
      item,
      type,
      matchedFraction,
      sampleSize,
      rule,
    })),
  );
  const content: Content = {
    origin,
    fileHash: file.sha256,
    bytes: file.bytes ?? 0,
    ...(file.format === undefined ? {} : { format: file.format }),
    ...(file.encoding === undefined ? {} : { encoding: file.encoding }),
    rows: counts.rows ?? 0,
    brokenRows: counts.brokenRows ?? 0,
    brokenCharacters: counts.brokenCharacters ?? 0,
    ...(counts.uncalculated === undefined ? {} : { uncalculated: counts.uncalculated }),
    ...(origin === 'report' && claimed.length > 0 ? { claimed: [...claimed] } : {}),
    columns: columns.map(({ name, sampleSize = 0 }) => ({ name, item: name, sampleSize })),
    ...more,
  };
  return { findings, content };
}

/**
 * The evidence of a report that `tiergate classify --json` wrote elsewhere, held against its JSON Schema. Its figures are
 * the sender's claim and stay marked so.
 */
export function evidenceOfReport(report: Readonly<Record<string, unknown>>): Result<Evidence> {
  const validate = schemaCheck<ReadReport>('report');
  if (validate(report)) return ok(evidenceOf(report, 'report'));
  const [fault] = validate.errors ?? [];
  const detail = fault?.message ?? 'is not as the schema says';
  const errors = [
    { pointer: `/report${fault?.instancePath ?? ''}`, code: `schema-${fault?.keyword ?? 'fault'}`, detail },
  ];
  return err(refusal('invalid-report', undefined, { errors }));
}
