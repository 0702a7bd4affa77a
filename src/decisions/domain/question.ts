/** One access question, checked for shape. Who or what is named may still be unknown: that is a deny, not a fault. */
export interface Question {
  readonly subjectType: string;
  readonly subjectId: string;
  /** Of a user: the issuer their `sub` comes from, and the organisation they act for. */
  readonly issuer: string | undefined;
  readonly organisation: string | undefined;
  readonly resourceType: string;
  readonly resourceId: string;
  /** With a publisher the resource id is that publisher's identifier. */
  readonly publisher: string | undefined;
  /** Null asks for the whole dataset. */
  readonly items: readonly string[] | null;
  readonly action: string;
  readonly purpose: string | null;
  readonly minRevision: number;
  /** Only this grant counts: asked with a key of it, never by what a body says. */
  readonly grant?: string;
}

/** To be filled in; as it is, it asks for nothing on behalf of nobody. */
export const NO_QUESTION: Question = {
  subjectType: 'anonymous',
  subjectId: 'anonymous',
  issuer: undefined,
  organisation: undefined,
  resourceType: 'dataset',
  resourceId: '',
  publisher: undefined,
  items: null,
  action: 'download',
  purpose: null,
  minRevision: 0,
};

/** How many characters it holds: what it takes on record grows with them. */
export function charactersOf(question: Question): number {
  const { subjectType, subjectId, issuer, organisation, resourceType, resourceId, publisher, action, purpose } =
    question;
  const short = subjectType.length + subjectId.length + resourceType.length + resourceId.length + action.length;
  const named = (issuer?.length ?? 0) + (organisation?.length ?? 0) + (publisher?.length ?? 0) + (purpose?.length ?? 0);
  return (question.items ?? []).reduce((size, item) => size + item.length, short + named);
}

/** The product is an issuer too: the `sub` of its tokens is its own id of the person. */
export const withOwnIssuer = (question: Question, issuer: string): Question =>
  question.issuer === issuer ? { ...question, issuer: undefined } : question;

/** Why a body is not a question; `pointer` is a JSON Pointer into it. */
export class QuestionFault {
  constructor(
    readonly pointer: string,
    readonly detail: string,
  ) {}
}

export const NO_OBJECT = new QuestionFault('', 'must be an object');

type Json = Readonly<Record<string, unknown>>;
const NOTHING: Json = Object.freeze({});
const LONGEST_ID = 512;
/** Items one question may name; whoever wants more asks for the whole. */
export const MOST_ITEMS = 1000;
/** Not a reader's error but an attack: control characters, blanks at the end, lone surrogates. */
const UNFIT = /\p{Control}|\p{Surrogate}|\s$/u;

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Reads subject, action, resource and context (AuthZEN 1.0 §6.1). Members that are not known are ignored, as the
 * specification says; a member of the wrong type is a fault.
 */
export function readQuestion(
  subject: unknown,
  action: unknown,
  resource: unknown,
  context: unknown,
): Question | QuestionFault {
  if (!isObject(subject)) return wrong('/subject', subject, 'an object');
  if (!isObject(action)) return wrong('/action', action, 'an object');
  if (!isObject(resource)) return wrong('/resource', resource, 'an object');
  if (context !== undefined && !isObject(context)) return wrong('/context', context, 'an object');
  const fault =
    badText(subject, 'type', '/subject') ??
    badText(subject, 'id', '/subject') ??
    badText(action, 'name', '/action') ??
    badText(resource, 'type', '/resource') ??
    badText(resource, 'id', '/resource') ??
    badProperties(subject, '/subject', ['issuer', 'organisation']) ??
    badProperties(action, '/action', []) ??
    badProperties(resource, '/resource', ['publisher']) ??
    badItems(resource) ??
    badContext(context ?? NOTHING);
  if (fault !== undefined) return fault;
  return questionOf(subject, action, resource, context ?? NOTHING);
}

function questionOf(subject: Json, action: Json, resource: Json, context: Json): Question {
  const who = (subject['properties'] ?? NOTHING) as Json;
  const what = (resource['properties'] ?? NOTHING) as Json;
  const items = what['items'] as readonly string[] | undefined;
  return {
    subjectType: subject['type'] as string,
    subjectId: subject['id'] as string,
    issuer: who['issuer'] as string | undefined,
    organisation: who['organisation'] as string | undefined,
    resourceType: resource['type'] as string,
    resourceId: resource['id'] as string,
    publisher: what['publisher'] as string | undefined,
    items: items === undefined || items.length === 0 ? null : items,
    action: action['name'] as string,
    purpose: (context['purpose'] as string | undefined) ?? null,
    minRevision: (context['minRevision'] as number | undefined) ?? 0,
  };
}

const wrong = (pointer: string, value: unknown, wanted: string): QuestionFault =>
  new QuestionFault(pointer, value === undefined ? 'is required' : `must be ${wanted}`);

function badText(holder: Json, name: string, pointer: string): QuestionFault | undefined {
  const value = holder[name];
  if (typeof value !== 'string') return wrong(`${pointer}/${name}`, value, 'a string');
  if (value.length === 0 || value.length > LONGEST_ID) {
    return new QuestionFault(`${pointer}/${name}`, `must have 1 to ${LONGEST_ID} characters`);
  }
  return isUnfit(value)
    ? new QuestionFault(`${pointer}/${name}`, 'holds control characters, broken Unicode or a trailing blank')
    : undefined;
}

/** Plain ASCII is looked at character by character; only what is left needs the pattern. */
function isUnfit(value: string): boolean {
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at);
    if (code <= 0x20 || code >= 0x7f) return UNFIT.test(value);
  }
  return false;
}

function badProperties(holder: Json, pointer: string, texts: readonly string[]): QuestionFault | undefined {
  const properties = holder['properties'];
  if (properties === undefined) return undefined;
  if (!isObject(properties)) return wrong(`${pointer}/properties`, properties, 'an object');
  for (const name of texts) {
    const fault = properties[name] === undefined ? undefined : badText(properties, name, `${pointer}/properties`);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function badItems(resource: Json): QuestionFault | undefined {
  const items = (resource['properties'] as Json | undefined)?.['items'];
  if (items === undefined) return undefined;
  const pointer = '/resource/properties/items';
  if (!Array.isArray(items)) return new QuestionFault(pointer, 'must be an array of strings');
  if (items.length > MOST_ITEMS) return new QuestionFault(pointer, `must name at most ${MOST_ITEMS} items`);
  for (const item of items as readonly unknown[]) {
    if (typeof item !== 'string') return new QuestionFault(pointer, 'must be an array of strings');
    if (item.length > LONGEST_ID)
      return new QuestionFault(pointer, `must hold names of at most ${LONGEST_ID} characters`);
  }
  return undefined;
}

function badContext(context: Json): QuestionFault | undefined {
  const { purpose, minRevision } = context;
  if (purpose !== undefined && typeof purpose !== 'string') return wrong('/context/purpose', purpose, 'a string');
  if (purpose !== undefined && purpose.length > LONGEST_ID)
    return new QuestionFault('/context/purpose', `must have at most ${LONGEST_ID} characters`);
  if (minRevision === undefined || (Number.isSafeInteger(minRevision) && (minRevision as number) >= 0))
    return undefined;
  return new QuestionFault('/context/minRevision', 'must be a whole number from 0');
}
