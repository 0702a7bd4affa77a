import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { load } from 'js-yaml';

/** One fault of a policy file: which file, where in it, what is wrong. */
export interface PackFault {
  readonly file: string;
  readonly detail: string;
}

export type DocumentKind = 'pack' | 'rules' | 'lexicon' | 'columns' | 'governance' | 'cases';

/** Reads YAML policy files and holds them against their JSON Schemas; gathers every fault instead of the first. */
export class Documents {
  readonly faults: PackFault[] = [];
  /** The schemas themselves are held against theirs by the tests. */
  readonly #ajv = new Ajv2020({
    allErrors: true,
    strict: true,
    strictTypes: false,
    validateSchema: false,
    code: { optimize: false },
  });
  readonly #seen = new Map<string, unknown>();
  readonly #validators = new Map<DocumentKind, ValidateFunction>();

  constructor(readonly folder: string) {}

  fault(file: string, detail: string): void {
    this.faults.push({ file, detail });
  }

  has(file: string): boolean {
    return existsSync(join(this.folder, file));
  }

  /** The document as plain data, or null with its faults noted. */
  read<T>(kind: DocumentKind, file: string): T | null {
    if (!this.#seen.has(file)) this.#seen.set(file, this.#checked(kind, file));
    return this.#seen.get(file) as T | null;
  }

  #checked(kind: DocumentKind, file: string): unknown {
    const data = this.#parsed(file);
    if (data === undefined) return null;
    const validate = this.#validator(kind);
    if (validate(data)) return data;
    for (const error of validate.errors ?? [])
      this.fault(file, `${error.instancePath || '/'} ${error.message ?? 'is invalid'}${JSON.stringify(error.params)}`);
    return null;
  }

  /** What is wrong with data that did not come from a file: where in it, and what. */
  faultsOf(kind: DocumentKind, data: unknown): { path: string; detail: string }[] {
    const validate = this.#validator(kind);
    if (validate(data)) return [];
    return (validate.errors ?? []).map(({ instancePath, message = 'is invalid' }) => ({
      path: instancePath,
      detail: `${instancePath || '/'} ${message}`,
    }));
  }

  /** Kinds of conditions that the catalogue knows. */
  conditionKinds(): ReadonlySet<unknown> {
    const rows = this.#parsed('condition-kinds.yaml');
    return new Set(Array.isArray(rows) ? rows.map((row: { readonly kind?: unknown } | null) => row?.kind) : []);
  }

  #parsed(file: string): unknown {
    try {
      return load(readFileSync(join(this.folder, file), 'utf8')) as unknown;
    } catch (error) {
      this.fault(file, error instanceof Error ? error.message : String(error));
      return undefined;
    }
  }

  #validator(kind: DocumentKind): ValidateFunction {
    const known = this.#validators.get(kind);
    if (known !== undefined) return known;
    const path = join(this.folder, 'schemas', 'classification', `${kind}.schema.json`);
    const validate = this.#ajv.compile(JSON.parse(readFileSync(path, 'utf8')) as object);
    this.#validators.set(kind, validate);
    return validate;
  }
}
