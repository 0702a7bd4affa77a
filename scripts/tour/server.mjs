// A fresh demo in a folder of its own, on a free port, and the command line beside it.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../free-port.mjs';

const PROGRAM = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), 'bin', 'tiergate.mjs');
const PATIENCE_MS = 120_000;

export class TourServer {
  constructor(port) {
    this.port = port;
    this.address = `http://127.0.0.1:${port}`;
    this.folder = mkdtempSync(join(tmpdir(), 'tiergate-tour-'));
    this.database = join(this.folder, 'tiergate.db');
    this.environment = {
      PATH: process.env.PATH,
      HOME: this.folder,
      PORT: String(port),
      DATABASE_URL: `sqlite:${this.database}`,
      TIERGATE_FILES: join(this.folder, 'files'),
      TIERGATE_MODE: 'demo',
      TIERGATE_LOG_LEVEL: 'warn',
    };
  }

  static async onFreePort() {
    return new TourServer(await freePort());
  }

  /** Starts it and waits; answers the seconds that took. What it logs goes to a file. */
  async start() {
    const began = performance.now();
    const log = openSync(join(this.folder, 'server.log'), 'a');
    this.child = spawn(process.execPath, [PROGRAM, 'serve'], {
      cwd: this.folder,
      env: this.environment,
      stdio: ['ignore', log, log],
    });
    for (;;) {
      if (this.child.exitCode !== null)
        throw new Error(`the server ended with ${this.child.exitCode}\n${this.logged()}`);
      const ready = await fetch(`${this.address}/health/ready`).catch(() => undefined);
      if (ready?.ok) return ((performance.now() - began) / 1000).toFixed(1);
      if (performance.now() - began > PATIENCE_MS)
        throw new Error(`not ready after ${PATIENCE_MS} ms\n${this.logged()}`);
      await sleep(50);
    }
  }

  async stop() {
    if (this.child === undefined || this.child.exitCode !== null) return;
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGTERM');
    await ended;
  }

  /** Runs `tiergate …` on the same database; answers what it said and its exit code. */
  tiergate(...words) {
    const run = spawnSync(process.execPath, [PROGRAM, ...words], {
      cwd: this.folder,
      env: this.environment,
      encoding: 'utf8',
    });
    return { said: (run.stdout + run.stderr).trimEnd(), code: run.status };
  }

  write(name, content) {
    writeFileSync(join(this.folder, name), content);
  }
  logged() {
    return readFileSync(join(this.folder, 'server.log'), 'utf8');
  }
  remove() {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
