import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inProject } from './project.js';

const PROGRAM = inProject('bin', 'tiergate.mjs');

/** What a finished process said. */
export interface Finished {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A folder of its own, and the environment of a demo in it. */
export class Place {
  readonly folder = mkdtempSync(join(tmpdir(), 'tiergate-e2e-'));
  readonly environment: Record<string, string>;

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

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A server started as a user starts it, in a process of its own. */
export class RunningProduct {
  private constructor(
    readonly address: string,
    private readonly child: ChildProcess,
    /** From the start of the process until it said it was ready, in milliseconds. */
    readonly readyAfter: number,
  ) {}

  static async start(place: Place, patience = 90_000): Promise<RunningProduct> {
    const port = await freePort();
    const began = performance.now();
    const child = spawn(process.execPath, [PROGRAM, 'serve'], {
      cwd: place.folder,
      env: { ...place.environment, PORT: String(port) },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let err = '';
    child.stderr.on('data', (part: Buffer) => {
      err += part.toString();
    });
    const address = `http://127.0.0.1:${port}`;
    for (;;) {
      const ready = await fetch(`${address}/health/ready`).catch(() => undefined);
      if (ready?.ok === true) return new RunningProduct(address, child, performance.now() - began);
      if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}: ${err}`);
      if (performance.now() - began > patience) {
        child.kill('SIGKILL');
        throw new Error(`the server is not ready after ${patience} ms: ${err}`);
      }
      await sleep(25);
    }
  }

  /** Asks it to end, and gives its exit code. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    if (this.child.exitCode !== null) return this.child.exitCode;
    const ended = new Promise<number | null>((resolve) => this.child.once('exit', (code) => resolve(code)));
    this.child.kill(signal);
    return ended;
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => probe.once('listening', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
