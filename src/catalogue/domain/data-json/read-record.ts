import { type Text, textOf } from '../../../kernel/text.js';
import { type Day, dayOf, instantOf, isDay } from '../../../kernel/time.js';
import { frequencyOfIso } from '../frequency.js';
import { type CodeMap, type ReadIssue, type ReadOutcome, type SourceRecord, tierOfCode } from '../source-record.js';
import { faultsOf, isObject, soundMembers, uri } from './checks.js';
import { DATASET_SHAPE, DISTRIBUTION_SHAPE, KEPT_DISTRIBUTION_MEMBERS, KEPT_MEMBERS } from './shape.js';

const MAX_IDENTIFIER = 255;
const MAX_TITLE = 500;
const MAX_ABSTRACT = 20_000;
const MAX_KEYWORDS = 200;
const MAX_DISTRIBUTIONS = 1_000;
const CONTROL = /\p{Control}/u;
const API_FORMAT = /\b(api|rest|soap|wms|wfs|wmts|odata|graphql|sparql|arcgis)\b/i;

/**
 * One entry of a Project Open Data v1.1 catalogue (data.json) in our words, with everything to be told about it. Schema
 * faults never reject: only an entry without a usable identifier has nothing to be kept under.
 */
export function readDataJsonRecord(raw: unknown, map: CodeMap): ReadOutcome {
  if (!isObject(raw))
    return { record: null, issues: [{ code: 'not-an-object', detail: 'the entry is not an object' }] };
  const refused = identifierFault(raw['identifier']);
  if (refused !== null) return { record: null, issues: [refused] };
  const issues = faultsOf(raw, DATASET_SHAPE, '');
  const listed = Array.isArray(raw['distribution']) ? raw['distribution'] : [];
  if (listed.length > MAX_DISTRIBUTIONS)
    issues.push({
      code: 'too-long',
      detail: `/distribution has more than ${MAX_DISTRIBUTIONS} entries; the rest is left out`,
    });
  const distributions = listed.slice(0, MAX_DISTRIBUTIONS).flatMap((entry, at) => readDistribution(entry, at, issues));
  const declaredTier = declaredTierOf(raw['accessLevel'], map, issues);
  reportContradictions(declaredTier, distributions, listed.length, issues);
  return { record: recordOf(raw, raw['identifier'] as string, declaredTier, distributions, issues), issues };
}

function identifierFault(identifier: unknown): ReadIssue | null {
  if (typeof identifier !== 'string' || identifier.length === 0)
    return { code: 'identifier-missing', detail: '/identifier is missing' };
  if (identifier.length > MAX_IDENTIFIER || CONTROL.test(identifier) || identifier !== identifier.trimEnd())
    return {
      code: 'identifier-invalid',
      detail: '/identifier is too long, ends in a blank or holds control characters',
    };
  return null;
}

function declaredTierOf(code: unknown, map: CodeMap, issues: ReadIssue[]) {
  if (typeof code !== 'string') {
    issues.push({
      code: 'code-missing',
      detail: '/accessLevel is missing; the record is kept restricted until a person looks',
    });
    return null;
  }
  const tier = tierOfCode(map, code);
  if (tier === null)
    issues.push({
      code: 'code-unknown',
      detail: `/accessLevel ${JSON.stringify(code.slice(0, 60))} is not a code of ${map.code}; the record is kept restricted until a person looks`,
    });
  return tier;
}

/** What an entry says against itself. The stricter word stands; the publisher is told. */
function reportContradictions(
  tier: SourceRecord['declaredTier'],
  distributions: SourceRecord['distributions'],
  listed: number,
  issues: ReadIssue[],
): void {
  if (tier !== 'open' && tier !== null && distributions.some((one) => one.direct))
    issues.push({
      code: 'contradiction-download-url',
      detail: 'not public, yet a downloadURL is stated; the stricter tier is kept',
    });
  if (tier === 'restricted' && listed > 0)
    issues.push({
      code: 'contradiction-distributions',
      detail: 'non-public, yet distributions are stated; the stricter tier is kept',
    });
}

function readDistribution(entry: unknown, at: number, issues: ReadIssue[]): SourceRecord['distributions'] {
  const pointer = `/distribution/${at}`;
  if (!isObject(entry)) {
    issues.push({ code: 'wrong-type', detail: `${pointer} must be an object` });
    return [];
  }
  issues.push(...faultsOf(entry, DISTRIBUTION_SHAPE, pointer));
  const download = soundUrl(entry['downloadURL']);
  const access = soundUrl(entry['accessURL']);
  if (download !== null && typeof entry['mediaType'] !== 'string')
    issues.push({ code: 'media-type-missing', detail: `${pointer} states a downloadURL without a mediaType` });
  const sound = soundMembers(entry, DISTRIBUTION_SHAPE, ['mediaType', 'format', 'title']);
  const format = textOr(sound['format'], textOr(sound['mediaType'], ''));
  return [
    {
      title: languageText(textOr(sound['title'], '').slice(0, MAX_TITLE)),
      format: format.slice(0, 100),
      mediaType: (sound['mediaType'] as string | undefined) ?? null,
      kind: download === null && API_FORMAT.test(format) ? 'api' : 'file',
      url: download ?? access,
      direct: download !== null,
      kept: keptOfDistribution(entry, download),
    },
  ];
}

function keptOfDistribution(entry: Record<string, unknown>, download: string | null): Record<string, unknown> {
  const { accessURL, format, ...kept } = soundMembers(entry, DISTRIBUTION_SHAPE, KEPT_DISTRIBUTION_MEMBERS);
  return {
    ...kept,
    ...(download === null || accessURL === undefined ? {} : { accessURL }),
    // Elsewhere a format that is the media type means that none was stated.
    ...(format === undefined || format !== entry['mediaType'] ? {} : { format }),
  };
}

function recordOf(
  raw: Record<string, unknown>,
  identifier: string,
  declaredTier: SourceRecord['declaredTier'],
  distributions: SourceRecord['distributions'],
  issues: ReadIssue[],
): SourceRecord {
  const code = raw['accessLevel'];
  const rights = typeof raw['rights'] === 'string' ? raw['rights'].slice(0, 1_000) : null;
  const licence = uri(raw['license']) === null ? (raw['license'] as string) : null;
  return {
    identifier,
    publisherName: publisherNameOf(raw['publisher']),
    title: languageText(cut(textOr(raw['title'], identifier), MAX_TITLE, 'title', issues)),
    abstract: languageText(cut(textOr(raw['description'], ''), MAX_ABSTRACT, 'description', issues)),
    keywords: keywordsOf(raw['keyword']),
    field: null,
    declaredTier,
    legalBasis: null,
    updateFrequency: typeof raw['accrualPeriodicity'] === 'string' ? frequencyOfIso(raw['accrualPeriodicity']) : null,
    lastUpdated: typeof raw['modified'] === 'string' ? dayOfText(raw['modified']) : null,
    items: [],
    distributions,
    sourceFacts: {
      declaredCode: typeof code === 'string' ? code.slice(0, 100) : null,
      rights,
      licence,
      kept: soundMembers(raw, DATASET_SHAPE, KEPT_MEMBERS),
    },
  };
}

function publisherNameOf(publisher: unknown): string {
  const name = isObject(publisher) ? publisher['name'] : undefined;
  return textOr(name, 'Unspecified').trim().slice(0, 200) || 'Unspecified';
}

const keywordsOf = (given: unknown): readonly string[] =>
  Array.isArray(given)
    ? given
        .filter((word): word is string => typeof word === 'string' && word.length > 0)
        .slice(0, MAX_KEYWORDS)
        .map((word) => word.slice(0, 200))
    : [];

function cut(value: string, max: number, member: string, issues: ReadIssue[]): string {
  if (value.length <= max) return value;
  issues.push({ code: 'too-long', detail: `/${member} is longer than ${max} characters; the rest is left out` });
  return value.slice(0, max);
}

/** The text under the language its letters tell. */
const languageText = (text: string): Text => (text === '' ? {} : textOf(text));
const textOr = (value: unknown, otherwise: string): string =>
  typeof value === 'string' && value !== '' ? value : otherwise;
const soundUrl = (value: unknown): string | null => (typeof value === 'string' && uri(value) === null ? value : null);

/** The day a text names: a date as it stands, an instant as the day it was in Asia/Shanghai. */
function dayOfText(text: string): Day | null {
  if (isDay(text)) return text;
  const at = /^\d{4}-\d{2}-\d{2}T/.test(text) ? instantOf(text) : Number.NaN;
  return Number.isNaN(at) ? null : dayOf(at);
}
