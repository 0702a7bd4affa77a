import type { FieldKind, FormField, PurposeForm } from '../api/forms';
import type { Text, Wording } from '../api/types';
import { textOf, words } from '../parts/wording';

/** A field while it is written: all texts, options one to a line. */
export interface WrittenField {
  /** Tells fields apart on the screen while their names change. */
  readonly key: number;
  readonly name: string;
  readonly kind: FieldKind;
  readonly zh: string;
  readonly en: string;
  readonly helpZh: string;
  readonly helpEn: string;
  readonly required: boolean;
  /** `value | 中文 | English`, one option to a line. */
  readonly options: string;
  readonly maxLength: string;
  readonly minimum: string;
  readonly maximum: string;
  /** Name of the field that decides whether this one is asked; empty: always. */
  readonly whenField: string;
  readonly whenIn: readonly string[];
}

export const isText = (kind: FieldKind): boolean => kind === 'text' || kind === 'long-text';
export const isChoice = (kind: FieldKind): boolean => kind === 'choice' || kind === 'choices';

const optionLine = ({ value, title }: { readonly value: string; readonly title: Wording }): string => {
  const { zh = '', en = '' } = textOf(title);
  return [value, zh, en].join(' | ');
};

export function optionsOf(lines: string): NonNullable<FormField['options']> {
  return lines
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [value = '', zh = '', en = ''] = line.split('|').map((part) => part.trim());
      return { value, title: words(zh || en || value, en) };
    });
}

/** Words by which a field can be asked about: its options, or yes and no. */
export const answersToAskBy = ({ kind, options }: WrittenField): readonly string[] =>
  kind === 'yes-no' ? ['yes', 'no'] : isChoice(kind) ? optionsOf(options).map(({ value }) => value) : [];

export const emptyField = (key: number): WrittenField => ({
  key,
  name: `field${key}`,
  kind: 'text',
  zh: '',
  en: '',
  helpZh: '',
  helpEn: '',
  required: false,
  options: '',
  maxLength: '',
  minimum: '',
  maximum: '',
  whenField: '',
  whenIn: [],
});

export const writtenFrom = (field: FormField, key: number): WrittenField => ({
  key,
  name: field.name,
  kind: field.kind,
  zh: textOf(field.title).zh ?? '',
  en: textOf(field.title).en ?? '',
  helpZh: textOf(field.help).zh ?? '',
  helpEn: textOf(field.help).en ?? '',
  required: field.required,
  options: (field.options ?? []).map(optionLine).join('\n'),
  maxLength: field.maxLength?.toString() ?? '',
  minimum: field.minimum?.toString() ?? '',
  maximum: field.maximum?.toString() ?? '',
  whenField: field.when?.field ?? '',
  whenIn: field.when?.in ?? [],
});

const bound = (name: 'maxLength' | 'minimum' | 'maximum', text: string): object =>
  text.trim() === '' ? {} : { [name]: Number(text) };

/** The field as it is published. */
export const fieldOf = (written: WrittenField): FormField => ({
  name: written.name,
  kind: written.kind,
  title: words(written.zh, written.en),
  ...(`${written.helpZh}${written.helpEn}`.trim() === '' ? {} : { help: words(written.helpZh, written.helpEn) }),
  required: written.required,
  ...(isText(written.kind) ? bound('maxLength', written.maxLength) : {}),
  ...(isChoice(written.kind) ? { options: optionsOf(written.options) } : {}),
  ...(written.kind === 'number' ? { ...bound('minimum', written.minimum), ...bound('maximum', written.maximum) } : {}),
  ...(written.whenField === '' ? {} : { when: { field: written.whenField, in: written.whenIn } }),
});

/** The form as an applicant would meet it, for the preview. */
export const previewOf = (fields: readonly WrittenField[], title: Text): PurposeForm => ({
  id: '',
  purpose: 'other',
  number: 0,
  title,
  obligatory: false,
  current: false,
  publishedAt: '',
  href: '',
  fields: fields.map(fieldOf),
});
