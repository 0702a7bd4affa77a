import type { ApiDocument } from './api-document.js';

/** A JSON Schema as the API document writes it. */
export interface BodySchema {
  readonly type?: string | readonly string[];
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, BodySchema>>;
  readonly required?: readonly string[];
  readonly items?: BodySchema;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly BodySchema[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly minItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
}

type Json = unknown;
type JsonObject = Readonly<Record<string, Json>>;

/** One thing wrong with a body, and the field that is at fault. */
export interface Malformed {
  readonly what: string;
  readonly pointer: string;
  readonly body: Json;
}

/** Texts that fit the patterns and formats of request fields; each is checked against the pattern it is given for. */
const FITTING = [
  'name',
  '01ARZ3NDEKTSV4RRFFQ69G5FAV',
  'a-code',
  '2026-12-31',
  '2026-12-31T00:00:00Z',
  'text/csv',
  'https://example.org/data.csv',
  '0'.repeat(32),
  '0'.repeat(64),
] as const;

/** Sound bodies and what can be wrong with them, from the schemas of the API document alone. */
export class Bodies {
  constructor(private readonly document: ApiDocument) {}

  resolve(schema: BodySchema): BodySchema {
    // An object of a class, or null.
    const either = schema.anyOf?.find((one) => one.$ref !== undefined);
    if (either !== undefined) return { ...this.resolve(either), type: ['object', 'null'] };
    if (schema.$ref === undefined) return schema;
    return this.resolve(this.document.components.schemas[schema.$ref.split('/').at(-1) ?? ''] as BodySchema);
  }

  /** A body that has every field of the schema, each as the schema wants it. */
  sound(given: BodySchema): Json {
    const schema = this.resolve(given);
    if (schema.enum !== undefined) return schema.enum[0];
    switch (typeOf(schema)) {
      case 'object':
        return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([key, one]) => [key, this.sound(one)]));
      case 'array':
        return schema.items === undefined ? [] : [this.sound(schema.items)];
      case 'integer':
      case 'number':
        return Math.max(1, schema.minimum ?? 1);
      case 'boolean':
        return true;
      default:
        return textFor(schema);
    }
  }

  /** A body with the fields that must be there, and no other. */
  least(schema: BodySchema | undefined): JsonObject {
    if (schema === undefined) return {};
    const required = this.resolve(schema).required ?? [];
    return Object.fromEntries(
      Object.entries(this.sound(schema) as JsonObject).filter(([key]) => required.includes(key)),
    );
  }

  /** Every way to spoil a sound body in one place, named after the place. */
  spoiled(given: BodySchema): Malformed[] {
    const schema = this.resolve(given);
    const sound = this.sound(schema);
    return this.faults(schema, '').map(({ what, pointer, at, put }) => ({
      what: `${what} at ${pointer}`,
      pointer,
      body: changed(sound, at, put),
    }));
  }

  private faults(given: BodySchema, pointer: string, at: readonly (string | number)[] = []): Fault[] {
    const schema = this.resolve(given);
    const here = (what: string, put: Json): Fault => ({ what, pointer, at, put });
    const below = (key: string | number, inner: BodySchema): Fault[] =>
      this.faults(inner, `${pointer}/${key}`, [...at, key]);
    const shared = at.length === 0 ? [] : wrongTypes(schema).map(([what, put]) => here(what, put));
    const type = typeOf(schema);
    if (type === 'object' && schema.properties !== undefined) {
      const unknown = {
        what: 'an unknown field',
        pointer: `${pointer}/noSuchField`,
        at: [...at, 'noSuchField'],
        put: 1,
      };
      const missing = (schema.required ?? []).map((key) => ({
        what: 'nothing',
        pointer: `${pointer}/${key}`,
        at: [...at, key],
        put: GONE,
      }));
      return [
        ...shared,
        unknown,
        ...missing,
        ...Object.entries(schema.properties).flatMap(([k, one]) => below(k, one)),
      ];
    }
    if (type === 'array' && schema.items !== undefined) return [...shared, ...below(0, schema.items)];
    return shared;
  }
}

const GONE = Symbol('left out');
interface Fault {
  readonly what: string;
  readonly pointer: string;
  readonly at: readonly (string | number)[];
  readonly put: Json;
}

const typeOf = (schema: BodySchema): string | undefined =>
  typeof schema.type === 'string' ? schema.type : schema.type?.find((one) => one !== 'null');

const mayBeNull = (schema: BodySchema): boolean =>
  (Array.isArray(schema.type) && schema.type.includes('null')) || (schema.enum?.includes(null) ?? false);

function textFor({ pattern, format, minLength = 1 }: BodySchema): string {
  if (format === 'date') return '2026-12-31';
  if (format === 'date-time') return '2026-12-31T00:00:00Z';
  if (pattern === undefined) return 'x'.repeat(minLength);
  const fitting = FITTING.find((text) => new RegExp(pattern, 'u').test(text));
  if (fitting === undefined) throw new Error(`no text is known that fits ${pattern}`);
  return fitting;
}

/** What no field of this kind may hold. */
function wrongTypes(schema: BodySchema): [string, Json][] {
  const type = typeOf(schema);
  const never: [string, Json][] = mayBeNull(schema) ? [] : [['null', null]];
  switch (type) {
    case 'object':
      return [...never, ['a text', 'x'], ['a number', 7], ['a list', []]];
    case 'array':
      return [...never, ['a text', 'x'], ['an object', {}]];
    case 'integer':
    case 'number':
      return [...never, ['a text', '1'], ['a list', [1]], ['an integer that would change', 2 ** 53 + 2]];
    case 'boolean':
      return [...never, ['a text', 'true'], ['a number', 1]];
    default:
      return [...never, ...wrongTexts(schema)];
  }
}

function wrongTexts(schema: BodySchema): [string, Json][] {
  const text = schema.enum === undefined ? textFor(schema) : String(schema.enum[0]);
  const closed = schema.enum !== undefined || schema.pattern !== undefined || schema.format !== undefined;
  return [
    ['a number', 7],
    ['a list', [text]],
    ['an object', { a: text }],
    ['a NUL', `${text}\0`],
    ['half a character', `${text}\ud800`],
    ['a text too long', text.padEnd((schema.maxLength ?? 20_000) + 1, 'x')],
    ...(closed ? ([['a trailing blank', `${text} `]] as [string, Json][]) : []),
  ];
}

function changed(value: Json, at: readonly (string | number)[], put: Json): Json {
  const [key, ...rest] = at;
  if (key === undefined) return put;
  if (Array.isArray(value)) return value.map((item, index) => (index === key ? changed(item, rest, put) : item));
  const { [key]: inner, ...others } = value as JsonObject;
  if (rest.length === 0 && put === GONE) return others;
  return { ...others, [key]: changed(inner, rest, put) };
}
