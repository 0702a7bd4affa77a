import * as check from './checks.js';

/**
 * The Project Open Data v1.1 schema (dataset, distribution, organization, vcard) as a table of checks. Written by hand,
 * because the official patterns for dates can take exponential time on hostile text; a test holds it to the official
 * schema: what the schema refuses, this reports.
 */
const LONG = 32_768;
const optionalUri = { check: check.nullable(check.uri) };
const optionalText = { check: check.nullable(check.text(LONG)) };
const word =
  (value: string): check.Check =>
  (given) =>
    given === value ? null : { code: 'wrong-type', detail: `must be "${value}"` };

const organization: check.Shape = {
  '@type': { check: word('org:Organization') },
  name: { check: check.text(LONG), required: true },
};
/** A publisher may stand under another, and that one again. */
const organizationDeep = (depth: number): check.Shape =>
  depth === 0
    ? organization
    : { ...organization, subOrganizationOf: { check: check.shaped(organizationDeep(depth - 1)) } };

const vcard: check.Shape = {
  '@type': { check: word('vcard:Contact') },
  fn: { check: check.text(LONG), required: true },
  hasEmail: { check: check.email, required: true },
};

export const DISTRIBUTION_SHAPE: check.Shape = {
  '@type': { check: word('dcat:Distribution') },
  downloadURL: { check: check.uri },
  mediaType: { check: check.nullable(check.mediaType) },
  format: optionalText,
  accessURL: optionalUri,
  description: optionalText,
  title: optionalText,
  conformsTo: optionalUri,
  describedBy: optionalUri,
  describedByType: { check: check.nullable(check.mediaType) },
};

export const DATASET_SHAPE: check.Shape = {
  '@type': { check: word('dcat:Dataset') },
  title: { check: check.text(LONG), required: true },
  description: { check: check.text(LONG), required: true },
  keyword: { check: check.list(check.text(LONG)), required: true },
  modified: { check: check.nullable(check.modified), required: true },
  publisher: { check: check.shaped(organizationDeep(5)), required: true },
  contactPoint: { check: check.shaped(vcard), required: true },
  bureauCode: { check: check.list(check.code(2), true), required: true },
  programCode: { check: check.list(check.code(3), true), required: true },
  rights: { check: check.nullable(check.text(255)) },
  accrualPeriodicity: { check: check.nullable(check.frequency) },
  conformsTo: optionalUri,
  dataQuality: { check: check.nullable(check.flag) },
  describedBy: optionalUri,
  describedByType: { check: check.nullable(check.mediaType) },
  distribution: {
    check: (value) =>
      value === null || Array.isArray(value) ? null : { code: 'wrong-type', detail: 'must be a list' },
  },
  isPartOf: { check: check.text(LONG) },
  issued: { check: check.nullable(check.date) },
  landingPage: optionalUri,
  language: {
    check: (value) =>
      value === null || (Array.isArray(value) && value.length === 0) ? null : check.list(check.language)(value),
  },
  license: optionalUri,
  primaryITInvestmentUII: { check: check.nullable(check.uii) },
  references: { check: check.nullable(check.list(check.uri, true)) },
  spatial: optionalText,
  systemOfRecords: optionalText,
  temporal: { check: check.nullable(check.temporal) },
  theme: { check: check.nullable(check.list(check.text(LONG), true)) },
};

/** Members without a place of their own in our record; kept so that export gives back what came in. */
export const KEPT_MEMBERS = [
  'bureauCode',
  'programCode',
  'contactPoint',
  'publisher',
  'modified',
  'accrualPeriodicity',
  'issued',
  'landingPage',
  'language',
  'references',
  'spatial',
  'temporal',
  'theme',
  'isPartOf',
  'systemOfRecords',
  'primaryITInvestmentUII',
  'dataQuality',
  'describedBy',
  'describedByType',
  'conformsTo',
] as const;
export const KEPT_DISTRIBUTION_MEMBERS = [
  'description',
  'conformsTo',
  'describedBy',
  'describedByType',
  'accessURL',
  'format',
] as const;
