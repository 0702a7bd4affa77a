import type { Id } from '../../kernel/ids.js';
import { pointerName } from '../../kernel/pointer.js';
import type { Purpose } from '../../kernel/purpose.js';
import type { FieldFault } from '../../kernel/refusal.js';
import type { Text } from '../../kernel/text.js';
import { type Instant, isDay } from '../../kernel/time.js';

/** What a field asks for: words on one line or several, one or several of a list, a number, a day, yes or no. */
export const FIELD_KINDS = ['text', 'long-text', 'choice', 'choices', 'number', 'day', 'yes-no'] as const;
export type FieldKind = (typeof FIELD_KINDS)[number];

/** Characters a text may have where its field says nothing else. */
export const LONGEST_ANSWER = 4000;

export interface FormOption {
  readonly value: string;
  readonly title: Text;
}

/** Asked only where an earlier field was answered with one of these: an option, one of several, or `yes` and `no`. */
export interface AskedWhen {
  readonly field: string;
  readonly in: readonly string[];
}

export interface FormField {
  /** Unique in its form; answers are kept under it, also from one version to the next. */
  readonly name: string;
  readonly kind: FieldKind;
  readonly title: Text;
  readonly help?: Text;
  readonly required: boolean;
  /** Of `choice` and `choices` only. */
  readonly options?: readonly FormOption[];
  /** Of texts only, in characters. */
  readonly maxLength?: number;
  /** Of numbers only, both included. */
  readonly minimum?: number;
  readonly maximum?: number;
  readonly when?: AskedWhen;
}

/** One published version of what applicants of a purpose are asked; never changed, only followed by the next. */
export interface Form {
  readonly id: Id;
  readonly purpose: Purpose;
  /** 1, 2, 3 … of its purpose. */
  readonly number: number;
  readonly title: Text;
  /** Whether an application for this purpose has to carry it. */
  readonly obligatory: boolean;
  readonly fields: readonly FormField[];
  /** Whether it is the one that new applications are asked. */
  readonly current: boolean;
  readonly publishedAt: Instant;
}

export type FormContent = Pick<Form, 'purpose' | 'title' | 'obligatory' | 'fields'>;
export type Answers = Readonly<Record<string, unknown>>;

/** The form an application answers, and its answers by the names of the fields. */
export interface AnsweredForm {
  readonly id: Id;
  readonly answers: Answers;
}

const isText = ({ kind }: FormField): boolean => kind === 'text' || kind === 'long-text';
const isChoice = ({ kind }: FormField): boolean => kind === 'choice' || kind === 'choices';

/** What the kind of a field does not go with. */
function partFaults(field: FormField, at: string): FieldFault[] {
  const { options = [], minimum, maximum } = field;
  const fault = (part: string, detail: string): FieldFault => ({ pointer: `${at}/${part}`, code: 'unsound', detail });
  const values = options.map(({ value }) => value);
  return [
    ...(isChoice(field) && options.length === 0 ? [fault('options', 'a choice needs options')] : []),
    ...(!isChoice(field) && field.options !== undefined ? [fault('options', `${field.kind} has no options`)] : []),
    ...(new Set(values).size < values.length ? [fault('options', 'an option is there twice')] : []),
    ...(!isText(field) && field.maxLength !== undefined ? [fault('maxLength', `${field.kind} has no length`)] : []),
    ...(field.kind !== 'number' && (minimum ?? maximum) !== undefined
      ? [fault('minimum', `${field.kind} has no bounds`)]
      : []),
    ...(minimum !== undefined && maximum !== undefined && maximum < minimum
      ? [fault('maximum', 'the upper bound lies below the lower')]
      : []),
  ];
}

/** Every answer that a field offers to ask by; none where it offers none. */
const offered = (field: FormField): readonly string[] =>
  field.kind === 'yes-no' ? ['yes', 'no'] : (field.options ?? []).map(({ value }) => value);

function whenFaults({ when }: FormField, earlier: readonly FormField[], at: string): FieldFault[] {
  if (when === undefined) return [];
  const fault = (part: string, detail: string): FieldFault => ({
    pointer: `${at}/when/${part}`,
    code: 'unsound',
    detail,
  });
  const asked = earlier.find(({ name }) => name === when.field);
  if (asked === undefined) return [fault('field', `no field ${when.field} comes before this one`)];
  const values = offered(asked);
  if (values.length === 0) return [fault('field', `${when.field} has no answers to ask by`)];
  const unknown = when.in.findIndex((value) => !values.includes(value));
  return unknown < 0 ? [] : [fault(`in/${unknown}`, `${when.field} does not offer ${when.in[unknown]}`)];
}

/** What is wrong with a form before it is published: names twice, parts of other kinds, conditions on what is not asked. */
export function formFaults({ fields }: Pick<Form, 'fields'>): FieldFault[] {
  return fields.flatMap((field, index) => {
    const at = `/fields/${index}`;
    const earlier = fields.slice(0, index);
    const twice = earlier.some(({ name }) => name === field.name);
    return [
      ...(twice ? [{ pointer: `${at}/name`, code: 'unsound', detail: `the name ${field.name} is taken` }] : []),
      ...partFaults(field, at),
      ...whenFaults(field, earlier, at),
    ];
  });
}

/** What an answer says in the words that a condition asks by. */
function saidTo({ kind }: FormField, given: unknown): readonly unknown[] {
  if (kind !== 'yes-no') return Array.isArray(given) ? given : [given];
  return typeof given === 'boolean' ? [given ? 'yes' : 'no'] : [];
}

/** Whether a field is asked, given the answers to those before it. */
export function isAsked(form: Pick<Form, 'fields'>, field: FormField, answers: Answers): boolean {
  const { when } = field;
  if (when === undefined) return true;
  const before = form.fields.find(({ name }) => name === when.field);
  if (before === undefined || !isAsked(form, before, answers)) return false;
  return saidTo(before, answers[when.field]).some((one) => when.in.includes(one as string));
}

const oneOf = ({ options = [] }: FormField, given: unknown): boolean => options.some(({ value }) => value === given);

/** Why an answer is none; null where it is one. Lengths are characters, not code units. */
function misfit(field: FormField, given: unknown): string | null {
  const { kind, maxLength = LONGEST_ANSWER, minimum, maximum } = field;
  switch (kind) {
    case 'text':
    case 'long-text':
      if (typeof given !== 'string') return 'is no text';
      return [...given].length > maxLength ? `has more than ${maxLength} characters` : null;
    case 'choice':
      return oneOf(field, given) ? null : 'is none of the options';
    case 'choices':
      if (!Array.isArray(given)) return 'is no list of options';
      if (new Set(given).size < given.length) return 'names an option twice';
      return given.every((one) => oneOf(field, one)) ? null : 'names what is none of the options';
    case 'number':
      if (typeof given !== 'number') return 'is no number';
      if (minimum !== undefined && given < minimum) return `is less than ${minimum}`;
      return maximum !== undefined && given > maximum ? `is more than ${maximum}` : null;
    case 'day':
      return typeof given === 'string' && isDay(given) ? null : 'is no day that exists, YYYY-MM-DD';
    case 'yes-no':
      return typeof given === 'boolean' ? null : 'is neither yes nor no';
    default:
      return kind satisfies never;
  }
}

/** Nothing was said: left out, only blanks, no option of several. */
const isEmpty = (given: unknown): boolean =>
  given === undefined || (typeof given === 'string' ? given.trim() === '' : Array.isArray(given) && given.length === 0);

export interface AnswerFault {
  readonly code: 'answer-missing' | 'answer-invalid';
  /** JSON Pointer (RFC 6901) into the answers. */
  readonly pointer: string;
  readonly detail: string;
}

/** What stands against the answers, in the order of the fields and then of what no field asks for. */
export function answerFaults(form: Pick<Form, 'fields'>, answers: Answers): AnswerFault[] {
  const fault = (code: AnswerFault['code'], name: string, detail: string): AnswerFault => ({
    code,
    pointer: `/${pointerName(name)}`,
    detail,
  });
  const given = (name: string): unknown => (Object.hasOwn(answers, name) ? answers[name] : undefined);
  const ofFields = form.fields.flatMap((field): AnswerFault[] => {
    const answer = given(field.name);
    if (!isAsked(form, field, answers))
      return answer === undefined ? [] : [fault('answer-invalid', field.name, 'is not asked with the other answers')];
    if (field.required && isEmpty(answer)) return [fault('answer-missing', field.name, 'is not answered')];
    const wrong = answer === undefined ? null : misfit(field, answer);
    return wrong === null ? [] : [fault('answer-invalid', field.name, wrong)];
  });
  const unknown = Object.keys(answers)
    .filter((name) => !form.fields.some((field) => field.name === name))
    .map((name) => fault('answer-invalid', name, 'is no field of the form'));
  return [...ofFields, ...unknown];
}
