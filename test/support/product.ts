import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { inProject } from './project.js';

const PROGRAM = inProject('bin', 'tiergate.mjs');

/** What a finished process said. */
export interface Finished {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** What production asks for, beside its database. */
export const PRODUCTION = {
  TIERGATE_MODE: 'production',
  TIERGATE_SECRET: 'AZyOlN3vSgFqTqk0c2J5nBdXw8rHu1Mt',
  TIERGATE_PUBLIC_URL: 'https://data.example.org',
};

/** A folder of its own, and the environment of a demo in it. */
export class Place {
  readonly folder = mkdtempSync(join(tmpdir(), 'tiergate-e2e-'));
  readonly environment: Record<string, string>;
  private readonly children: ChildProcess[] = [];

  constructor(databaseUrl?: string) {
    this.environment = {
      PATH: process.env['PATH'] ?? '',
      HOME: this.folder,
      LANG: 'C',
      DATABASE_URL: databaseUrl ?? `sqlite:${this.database}`,
      TIERGATE_FILES: join(this.folder, 'files'),
      TIERGATE_MODE: 'demo',
      TIERGATE_LOG_LEVEL: 'warn',
    };
  }

  get database(): string {
    return join(this.folder, 'tiergate.db');
  }

  /** Runs `tiergate …` here and waits for its end. */
  async tiergate(...words: string[]): Promise<Finished> {
    return this.run(words, {});
  }

  run(words: readonly string[], more: Record<string, string>): Promise<Finished> {
    const child = spawn(process.execPath, [PROGRAM, ...words], {
      cwd: this.folder,
      env: { ...this.environment, ...more },
    });
    let [out, err] = ['', ''];
    child.stdout.on('data', (part: Buffer) => {
      out += part.toString();
    });
    child.stderr.on('data', (part: Buffer) => {
      err += part.toString();
    });
    return new Promise((resolve) => child.once('close', (code) => resolve({ code, out, err })));
  }

  /** Runs the server; it ends with the place at the latest. */
  serve(port: number): ChildProcess {
    const child = spawn(process.execPath, [PROGRAM, 'serve'], {
      cwd: this.folder,
      env: { ...this.environment, PORT: String(port) },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.children.push(child);
    return child;
  }

  remove(): void {
    for (const child of this.children) child.kill('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A server started as a user starts it, in a process of its own. */
export class RunningProduct {
  private constructor(
    readonly address: string,
    private readonly child: ChildProcess,
    /** What it wrote to its log so far. */
    readonly log: () => string,
    /** From the start of the process until it said it was ready, in milliseconds. */
    readonly readyAfter: number,
  ) {}

  /** Starts and waits until it is ready. */
  static async start(place: Place, patience = 120_000): Promise<RunningProduct> {
    const began = performance.now();
    const product = await RunningProduct.launch(place);
    await product.until('/health/ready', patience);
    return new RunningProduct(product.address, product.child, product.log, performance.now() - began);
  }

  /** Starts it without waiting for anything. */
  static async launch(place: Place, port?: number): Promise<RunningProduct> {
    const free = port ?? (await freePort());
    const child = place.serve(free);
    let err = '';
    child.stderr?.on('data', (part: Buffer) => {
      err += part.toString();
    });
    return new RunningProduct(`http://127.0.0.1:${free}`, child, () => err, 0);
  }

  /** Waits until a GET of this path is answered with success; gives how long that took. */
  async until(path: string, patience = 120_000): Promise<number> {
    const began = performance.now();
    for (;;) {
      const answer = await fetch(`${this.address}${path}`).catch(() => undefined);
      if (answer?.ok === true) return performance.now() - began;
      if (this.child.exitCode !== null) throw new Error(`the server ended with ${this.child.exitCode}: ${this.log()}`);
      if (performance.now() - began > patience) {
        this.child.kill('SIGKILL');
        throw new Error(`no success at ${path} after ${patience} ms: ${this.log()}`);
      }
      await sleep(25);
    }
  }

  signal(name: NodeJS.Signals): void {
    this.child.kill(name);
  }

  /** Its exit code, once it has ended; `null` after a kill. */
  async ended(): Promise<number | null> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return this.child.exitCode;
    return new Promise((resolve) => this.child.once('exit', resolve));
  }

  /** Asks it to end, and gives its exit code. */
  stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    this.signal(signal);
    return this.ended();
  }
}

export async function freePort(): Promise<number> {
  const script = (await import(pathToFileURL(inProject('scripts/free-port.mjs')).href)) as {
    freePort(): Promise<number>;
  };
  return script.freePort();
}
