import { type Form, type FormField, LONGEST_ANSWER } from './form.js';

/** A JSON Schema (2020-12), or a part of one. */
export type JsonSchema = Readonly<Record<string, unknown>> | false;

/** At least one character that is no blank. */
const SAYS_SOMETHING = '\\S';

const values = ({ options = [] }: FormField): string[] => options.map(({ value }) => value);

function schemaOfField(field: FormField): JsonSchema {
  const { kind, required, minimum, maximum, maxLength = LONGEST_ANSWER } = field;
  const words = { title: field.title.en ?? field.title.zh };
  switch (kind) {
    case 'text':
    case 'long-text':
      return { ...words, type: 'string', maxLength, ...(required ? { pattern: SAYS_SOMETHING } : {}) };
    case 'choice':
      return { ...words, enum: values(field) };
    case 'choices':
      return {
        ...words,
        type: 'array',
        uniqueItems: true,
        items: { enum: values(field) },
        ...(required ? { minItems: 1 } : {}),
      };
    case 'number':
      return {
        ...words,
        type: 'number',
        ...(minimum === undefined ? {} : { minimum }),
        ...(maximum === undefined ? {} : { maximum }),
      };
    case 'day':
      return { ...words, type: 'string', format: 'date' };
    case 'yes-no':
      return { ...words, type: 'boolean' };
    default:
      return kind satisfies never;
  }
}

/** Answered, and with one of what the condition names. */
function answeredWith(field: FormField, { fields }: Pick<Form, 'fields'>): JsonSchema {
  const { field: name, in: wanted } = field.when ?? { field: '', in: [] };
  const kind = fields.find((one) => one.name === name)?.kind;
  const values = kind === 'yes-no' ? wanted.map((one) => one === 'yes') : wanted;
  const given = kind === 'choices' ? { type: 'array', contains: { enum: values } } : { enum: values };
  return { required: [name], properties: { [name]: given } };
}

/** A field with a condition: asked under it, and not to be answered without it. */
const conditional = (field: FormField, form: Pick<Form, 'fields'>): JsonSchema => ({
  if: answeredWith(field, form),
  // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
  then: field.required ? { required: [field.name] } : {},
  else: { properties: { [field.name]: false } },
});

/**
 * The answers of a form as a JSON Schema (2020-12), for whoever fills it by machine. It accepts exactly the answers that
 * `answerFaults` has nothing against, with `format` asserted; a test holds the two together.
 */
export function answersSchema(form: Pick<Form, 'fields' | 'title'>): JsonSchema {
  const always = form.fields.filter(({ when, required }) => when === undefined && required);
  const sometimes = form.fields.filter(({ when }) => when !== undefined);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: form.title.en ?? form.title.zh,
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(form.fields.map((field) => [field.name, schemaOfField(field)])),
    required: always.map(({ name }) => name),
    ...(sometimes.length === 0 ? {} : { allOf: sometimes.map((field) => conditional(field, form)) }),
  };
}
