import type { ColumnTypes } from '../../../src/classification/domain/columns/column-types.js';
import { ColumnProfile, type ColumnRules, findingsOf } from '../../../src/classification/domain/columns/profile.js';
import type { Finding } from '../../../src/classification/domain/facts.js';
import type { LabelledColumn, LabelledTable } from './labelled.js';

/** The labels of the corpora in our words; what is absent here has no label there. */
export const LABELS: Readonly<Record<string, string>> = {
  'person-name': 'PERSON_NAME',
  'masked-name': 'PERSON_NAME',
  'mobile-number': 'PHONE_NUMBER',
  'phone-number': 'PHONE_NUMBER',
  email: 'EMAIL_ADDRESS',
  'home-address': 'STREET_ADDRESS',
  address: 'STREET_ADDRESS',
  postcode: 'ZIPCODE',
  coordinates: 'GEO_COORDINATES',
  'birth-date': 'DATE_OF_BIRTH',
  'birth-year': 'DATE_OF_BIRTH',
  age: 'AGE',
  sex: 'GENDER',
  ethnicity: 'ETHNIC_GROUP',
  'marital-status': 'MARITAL_STATUS',
  occupation: 'OCCUPATION',
  language: 'SPOKEN_LANGUAGE',
  'organisation-name': 'ORGANIZATION_NAME',
  url: 'URL',
  'device-id': 'IMEI_HARDWARE_ID',
  'ip-address': 'IP_ADDRESS',
  'generic-id': 'GENERIC_ID',
  'personal-number': 'GENERIC_ID',
  'medical-record': 'GENERIC_ID',
  'account-number': 'GENERIC_ID',
  'social-security': 'GENERIC_ID',
  'resident-id': 'GENERIC_ID',
  passport: 'GENERIC_ID',
};

/** Labels that the annotators of the real tables called sensitive in most cases; for corpora without that mark. */
const MOSTLY_SENSITIVE = new Set([
  'PERSON_NAME',
  'EMAIL_ADDRESS',
  'DATE_OF_BIRTH',
  'STREET_ADDRESS',
  'PHONE_NUMBER',
  'ZIPCODE',
  'ETHNIC_GROUP',
  'GENDER',
  'AGE',
  'MARITAL_STATUS',
]);

export interface Recognised {
  readonly column: LabelledColumn;
  readonly findings: readonly Finding[];
  readonly truth: { readonly label: string; readonly sensitive: boolean };
  readonly told: { readonly label: string; readonly sensitive: boolean };
}

/** Numbers that a register gives to people: the annotators call them keys, and sensitive. */
const NUMBERS_OF_PEOPLE = new Set([
  'resident-id',
  'passport',
  'travel-permit',
  'social-security',
  'medical-record',
  'personal-number',
  'account-number',
  'bank-card',
]);
const countsAsSensitive = (type: string): boolean =>
  MOSTLY_SENSITIVE.has(LABELS[type] ?? '') || NUMBERS_OF_PEOPLE.has(type);

/** Types that a table has only when its rows are about people; without one, a postcode or an address is nobody's. */
const OF_PEOPLE = new Set([
  ...NUMBERS_OF_PEOPLE,
  'person-name',
  'masked-name',
  'masked-identifier',
  'mobile-number',
  'birth-date',
  'birth-year',
  'age',
  'sex',
  'ethnicity',
  'marital-status',
]);

/** Reads the table as the product does and translates what it says into the corpus's words. */
export function recognise(table: LabelledTable, rules: ColumnRules, columns: ColumnTypes): Recognised[] {
  const profiles = table.map((column) => {
    const profile = new ColumnProfile(column.name, rules);
    for (const cell of column.cells) profile.add(cell);
    return profile;
  });
  const found = findingsOf(profiles);
  const rolesOf = (type: string): readonly string[] => columns.types.find((one) => one.type === type)?.roles ?? [];
  const people = table.length === 1 || found.flat().some(({ type }) => OF_PEOPLE.has(type));
  return table.map((column, index) => {
    const findings = found[index] ?? [];
    const sensitive = findings.some(
      ({ type }) => countsAsSensitive(type) && (people || rolesOf(type).includes('identifier')),
    );
    return {
      column,
      findings,
      truth: { label: column.label, sensitive: column.sensitive ?? MOSTLY_SENSITIVE.has(column.label) },
      told: { label: LABELS[findings[0]?.type ?? ''] ?? 'None', sensitive },
    };
  });
}

/** The file with every way reduced to the heading: what a list of words alone would find. */
export const byHeadingAlone = (columns: ColumnTypes): ColumnTypes => ({
  ...columns,
  types: columns.types.map((type) => ({
    ...type,
    ways: type.ways.slice(0, 1).map(({ rule, evidence }) => ({
      rule,
      evidence,
      validator: 'any',
      withCue: { fraction: 0.01, matches: 1 },
    })),
  })),
});

export interface Rates {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly support: number;
}

export function rates(pairs: readonly (readonly [truth: boolean, told: boolean])[]): Rates {
  const count = (truth: boolean, told: boolean): number => pairs.filter(([a, b]) => a === truth && b === told).length;
  const [hit, missed, wrong] = [count(true, true), count(true, false), count(false, true)];
  const precision = hit + wrong === 0 ? 1 : hit / (hit + wrong);
  const recall = hit + missed === 0 ? 1 : hit / (hit + missed);
  return { precision, recall, f1: hit === 0 ? 0 : (2 * hit) / (2 * hit + missed + wrong), support: hit + missed };
}

export interface ColumnScores {
  readonly columns: number;
  readonly sensitive: Rates;
  readonly anyLabel: Rates;
  readonly macroF1: number;
  readonly byLabel: ReadonlyMap<string, Rates>;
}

export function scoresOf(all: readonly Recognised[]): ColumnScores {
  const labels = [...new Set(all.map(({ truth }) => truth.label))].filter((label) => label !== 'None').sort();
  const byLabel = new Map(
    labels.map((label) => [label, rates(all.map(({ truth, told }) => [truth.label === label, told.label === label]))]),
  );
  return {
    columns: all.length,
    sensitive: rates(all.map(({ truth, told }) => [truth.sensitive, told.sensitive])),
    anyLabel: rates(all.map(({ truth, told }) => [truth.label !== 'None', told.label !== 'None'])),
    macroF1: [...byLabel.values()].reduce((sum, { f1 }) => sum + f1, 0) / Math.max(1, byLabel.size),
    byLabel,
  };
}
