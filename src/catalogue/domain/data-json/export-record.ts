import { FIELDS } from '../../../kernel/fields.js';
import { textIn } from '../../../kernel/text.js';
import { isoOf } from '../../../kernel/time.js';
import type { DatasetRecord, Distribution, Frequency } from '../dataset.js';
import { language, mediaType, uri } from './checks.js';

export interface ExportContext {
  readonly publisherName: string;
  /** The address of this server, without a slash at the end. */
  readonly base: string;
  /** Where questions about the catalogue go. */
  readonly contactEmail: string;
  /** The identifier to write: the publisher's, unless another exported record has it too. */
  readonly identifier: string;
}

const ACCESS_LEVELS = { open: 'public', conditional: 'restricted public', restricted: 'non-public' } as const;
const ISO: Readonly<Record<Frequency, string | null>> = {
  realtime: 'R/PT1S',
  hourly: 'R/PT1H',
  daily: 'R/P1D',
  weekly: 'R/P1W',
  monthly: 'R/P1M',
  quarterly: 'R/P3M',
  'half-yearly': 'R/P6M',
  yearly: 'R/P1Y',
  'every-two-years': 'R/P2Y',
  irregular: 'irregular',
  once: null,
};
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  json: 'application/json',
  xml: 'application/xml',
  xls: 'application/vnd.ms-excel',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pdf: 'application/pdf',
  zip: 'application/zip',
  html: 'text/html',
  txt: 'text/plain',
};
/** Codes of the US budget that other publishers do not have; the schema demands some. */
const NO_BUREAU = ['000:00'];
const NO_PROGRAM = ['000:000'];
const MAX_RIGHTS = 255;

/**
 * An open or conditional record as an entry of data.json (Project Open Data v1.1). Only an open record carries addresses
 * of its data; of a conditional one the page is named on which it is applied for. Members stand in one order.
 */
export function exportRecord(record: DatasetRecord, context: ExportContext): Record<string, unknown> {
  const { kept, licence, rights } = record.sourceFacts;
  const title = textIn(record.title, 'zh') || context.identifier;
  const page = `${context.base}/datasets/${record.id}`;
  return compact({
    '@type': 'dcat:Dataset',
    identifier: context.identifier,
    title,
    description: textIn(record.abstract, 'zh') || title,
    keyword:
      record.keywords.length > 0 ? record.keywords : [record.field === null ? 'dataset' : FIELDS[record.field].en],
    modified: kept['modified'] ?? record.lastUpdated ?? isoOf(record.changedAt),
    issued: kept['issued'],
    publisher: publisherOf(kept['publisher'], context.publisherName),
    contactPoint: kept['contactPoint'] ?? {
      '@type': 'vcard:Contact',
      fn: context.publisherName,
      hasEmail: `mailto:${context.contactEmail}`,
    },
    accessLevel: ACCESS_LEVELS[record.tier],
    rights: (rights ?? rightsOf(record))?.slice(0, MAX_RIGHTS),
    license: licence,
    bureauCode: kept['bureauCode'] ?? NO_BUREAU,
    programCode: kept['programCode'] ?? NO_PROGRAM,
    accrualPeriodicity: kept['accrualPeriodicity'] ?? (record.updateFrequency && ISO[record.updateFrequency]),
    theme: kept['theme'] ?? (record.field === null ? null : [FIELDS[record.field].en]),
    landingPage: record.tier === 'open' ? (kept['landingPage'] ?? page) : page,
    language: languagesOf(record, kept['language']),
    ...Object.fromEntries(PLAIN_MEMBERS.map((member) => [member, kept[member]])),
    distribution: distributionsOf(record, context, page),
  });
}

const PLAIN_MEMBERS = [
  'spatial',
  'temporal',
  'isPartOf',
  'dataQuality',
  'conformsTo',
  'describedBy',
  'describedByType',
  'references',
  'systemOfRecords',
  'primaryITInvestmentUII',
] as const;

const compact = (members: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined && value !== null && value !== ''),
  );

function publisherOf(kept: unknown, name: string): unknown {
  const same = typeof kept === 'object' && kept !== null && (kept as { name?: unknown }).name === name;
  return same ? kept : { '@type': 'org:Organization', name };
}

/** A conditional record says what it asks for, in the language of its title. */
function rightsOf(record: DatasetRecord): string | null {
  if (record.tier !== 'conditional') return null;
  const language = record.title.zh === undefined ? 'en' : 'zh';
  return record.conditions.map(({ text }) => textIn(text, language)).join('; ') || null;
}

const languagesOf = (record: DatasetRecord, kept: unknown): unknown =>
  Array.isArray(kept) && kept.every((one) => language(one) === null)
    ? kept
    : [...(record.title.zh === undefined ? [] : ['zh-CN']), ...(record.title.en === undefined ? [] : ['en'])];

function distributionsOf(record: DatasetRecord, context: ExportContext, page: string): unknown[] | null {
  if (record.distributions.length === 0) return null;
  return record.distributions.map((one) =>
    record.tier === 'open' && one.tier === 'open' && record.held === undefined
      ? openDistribution(one, context.base)
      : closedDistribution(one, page),
  );
}

function openDistribution(one: Distribution, base: string): Record<string, unknown> {
  const url = one.url?.startsWith('/') ? `${base}${one.url}` : one.url;
  const sound = url !== null && uri(url) === null ? url : null;
  const { accessURL, ...kept } = one.kept;
  return compact({
    '@type': 'dcat:Distribution',
    title: textIn(one.title, 'zh'),
    format: formatOf(one),
    ...(one.direct && sound !== null
      ? { downloadURL: sound, mediaType: mediaTypeOf(one), accessURL }
      : { accessURL: sound, mediaType: one.mediaType }),
    ...kept,
  });
}

const closedDistribution = (one: Distribution, page: string): Record<string, unknown> =>
  compact({
    '@type': 'dcat:Distribution',
    title: textIn(one.title, 'zh'),
    format: formatOf(one),
    mediaType: one.mediaType,
    accessURL: page,
  });

/** Where a source gave none, the media type stands in for the format: it is not said twice. */
const formatOf = ({ format, mediaType: given }: Distribution): string | null => (format === given ? null : format);

const mediaTypeOf = (one: Distribution): string => {
  const given = one.mediaType ?? MEDIA_TYPES[one.format.toLowerCase()];
  return given !== undefined && mediaType(given) === null ? given : 'application/octet-stream';
};
