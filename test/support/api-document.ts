import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

interface Operation {
  readonly operationId: string;
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema?: object }>> }>
  >;
}

export interface ApiDocument {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

const HOME = 'https://tiergate.invalid/openapi.json';

/** The same schemas, where what an object's schema does not name must not be there: every field that is served is documented. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (schema === null || typeof schema !== 'object') return schema;
  const inside = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  const isObject = 'properties' in schema && typeof schema.properties === 'object' && 'type' in schema;
  return isObject && !('additionalProperties' in schema) ? { ...inside, additionalProperties: false } : inside;
}

/** Judges answers by the API document: is there such an operation, such a status, and does the body fit its schema? */
export class ApiJudge {
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
  private readonly compiled = new Map<string, ValidateFunction>();
  private readonly templates: readonly { readonly path: string; readonly pattern: RegExp }[];

  constructor(private readonly document: ApiDocument) {
    this.ajv.addSchema({ $id: HOME, components: closed(document.components) as object });
    this.templates = Object.keys(document.paths)
      // A word before a place: by code, since a language's order puts the mark first.
      .sort((a, b) => (a.replaceAll(/\{\w+\}/g, '~') < b.replaceAll(/\{\w+\}/g, '~') ? -1 : 1))
      .map((path) => ({
        path,
        pattern: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`),
      }));
  }

  /** `get /api/datasets/{id}`, or `undefined` where the document knows no such operation. */
  operation(method: string, path: string): string | undefined {
    const bare = path.split('?')[0] ?? '';
    const found = this.templates.find(
      (template) =>
        template.pattern.test(bare) && this.document.paths[template.path]?.[method.toLowerCase()] !== undefined,
    );
    return found && `${method.toLowerCase()} ${found.path}`;
  }

  get operations(): readonly string[] {
    return Object.entries(this.document.paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method} ${path}`),
    );
  }

  /** What is wrong with the answer; nothing when it is as the document says. */
  faults(operation: string, status: number, type: string, body: string): readonly string[] {
    const [method = '', path = ''] = operation.split(' ');
    const responses = this.document.paths[path]?.[method]?.responses ?? {};
    const declared = responses[String(status)] ?? (status >= 400 ? responses['default'] : undefined);
    if (declared === undefined) return [`status ${status} is not documented`];
    const media = type.split(';')[0]?.trim() ?? '';
    if (declared.content === undefined) return body === '' ? [] : ['a body where the document has none'];
    const content = declared.content[media];
    if (content === undefined) return [`content type ${media || '(none)'} is not documented for ${status}`];
    if (!media.endsWith('json') || content.schema === undefined) return [];
    const validate = this.validator(`${operation} ${status} ${media}`, content.schema);
    return validate(JSON.parse(body))
      ? []
      : (validate.errors ?? []).map(
          (fault) =>
            `${(fault.instancePath || '/').replaceAll(/\/\d+(?=\/|$)/g, '/*')} ${fault.message ?? ''} ${JSON.stringify(fault.params)}`,
        );
  }

  private validator(key: string, schema: object): ValidateFunction {
    const known = this.compiled.get(key);
    if (known) return known;
    const absolute = JSON.parse(JSON.stringify(schema).replaceAll('"#/components', `"${HOME}#/components`)) as object;
    const made = this.ajv.compile(closed(absolute) as object);
    this.compiled.set(key, made);
    return made;
  }
}
