import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import { Busboy, type BusboyInstance } from '@fastify/busboy';
import { refusal } from '../kernel/refusal.js';
import { err, ok, type Result } from '../kernel/result.js';

/** What a form may hold: so many files, one or more of them, under names of their own, and short fields of these names. */
export interface FormParts {
  /** The only name of a file; any name that is no field's where it is left out. */
  readonly file?: string;
  readonly files: number;
  readonly fields: readonly string[];
}

export interface Form<Kept> {
  /** What `keep` made of each file, by its name. */
  readonly files: ReadonlyMap<string, Kept>;
  readonly fields: ReadonlyMap<string, string>;
}

const LIMITS = { fieldSize: 65_536, headerPairs: 32, headerSize: 16_384 } as const;

/** The form, or the connection it came over, ended in the middle. */
class BrokenForm extends Error {}

/**
 * Reads a `multipart/form-data` body as it arrives: a file goes to `keep` in pieces and is nowhere held whole. A form
 * with another part, a part twice, or an end in the middle is refused, and what `keep` had begun is ended with an error
 * that it sees. What is thrown by `keep` is thrown here.
 */
export async function readForm<Kept>(
  body: Readable,
  headers: IncomingHttpHeaders,
  parts: FormParts,
  keep: (file: Readable, at: number) => Promise<Kept>,
): Promise<Result<Form<Kept>>> {
  const parser = parserOf(headers, parts);
  if (parser === null) return refused(body, 'the boundary is missing');
  const form = new FormReading(parts, keep);
  form.listen(parser);
  // A sender who goes away in the middle only closes the connection.
  const gone = (): void => void (body.readableEnded || parser.destroy(new BrokenForm('the sender went away')));
  body.once('close', gone);
  body.pipe(parser);
  try {
    return (await form.read()) ?? refused(body, form.fault ?? `the part ${parts.file ?? 'of a file'} is missing`);
  } finally {
    body.off('close', gone);
    body.unpipe(parser);
    body.resume();
    parser.destroy();
  }
}

function refused(body: Readable, detail: string): Result<never> {
  body.resume();
  return err(refusal('invalid-form', detail));
}

const isFile = ({ file, fields }: FormParts, name: string): boolean =>
  file === undefined ? !fields.includes(name) : name === file;

function parserOf(headers: IncomingHttpHeaders, parts: FormParts): BusboyInstance | null {
  try {
    return new Busboy({
      headers: { ...headers, 'content-type': headers['content-type'] ?? '' },
      isPartAFile: (name) => name !== undefined && isFile(parts, name),
      limits: { ...LIMITS, files: parts.files + 1, fields: parts.fields.length + 1 },
    });
  } catch {
    return null;
  }
}

/** One form being read. */
class FormReading<Kept> {
  fault: string | null = null;
  private readonly fields = new Map<string, string>();
  private readonly kept = new Map<string, Promise<Kept>>();
  private stream: Readable | null = null;
  private readonly ended: Promise<void>;
  private end!: () => void;

  constructor(
    private readonly parts: FormParts,
    private readonly keep: (file: Readable, at: number) => Promise<Kept>,
  ) {
    this.ended = new Promise((resolve) => {
      this.end = resolve;
    });
  }

  listen(parser: BusboyInstance): void {
    parser.on('file', (name, stream) => this.file(name, stream));
    parser.on('field', (name, value, _nameTruncated, valueTruncated) => this.field(name, value, valueTruncated));
    parser.on('error', () => this.broken('it is not a whole form'));
    parser.on('close', () => this.end());
    parser.on('finish', () => this.end());
  }

  /** `null` where something was wrong. */
  async read(): Promise<Result<Form<Kept>> | null> {
    // Whoever keeps the file may stop in the middle: then nothing after it is read.
    const stopped = new Promise<never>((_, reject) => {
      this.stop = reject;
    });
    await Promise.race([this.ended, stopped]);
    if (this.fault !== null || this.kept.size === 0) {
      await Promise.allSettled(this.kept.values());
      return null;
    }
    const files = new Map<string, Kept>();
    for (const [name, kept] of this.kept) files.set(name, await kept);
    return ok({ files, fields: this.fields });
  }
  private stop: (error: unknown) => void = () => {};

  private file(name: string, stream: Readable): void {
    stream.on('error', () => undefined);
    if (!isFile(this.parts, name) || this.kept.has(name) || this.kept.size === this.parts.files) {
      stream.resume();
      this.broken(`the part ${this.parts.file ?? 'of a file'} comes twice, or too often`);
      return;
    }
    this.stream = stream;
    const kept = this.keep(stream, this.kept.size);
    this.kept.set(name, kept);
    kept.catch((error: unknown) => this.fault === null && this.stop(error));
  }

  private field(name: string, value: string, truncated: boolean): void {
    if (!this.parts.fields.includes(name)) this.broken('it has a part that is not known here');
    else if (this.fields.has(name) || truncated) this.broken(`the part ${name} comes twice or is too long`);
    else this.fields.set(name, value);
  }

  private broken(detail: string): void {
    this.fault ??= detail;
    this.stream?.destroy(new BrokenForm(detail));
    this.end();
  }
}
