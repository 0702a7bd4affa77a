import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { DatabaseInUse, lockFile } from '../../src/persistence/file-lock.js';
import { inProject } from '../support/project.js';
import { Place, RunningProduct } from '../support/product.js';

const MODULE = pathToFileURL(inProject('dist', 'src', 'persistence', 'file-lock.js')).href;

/** Processes that wait for a line and then all reach for the lock; each says how it went, and keeps what it has. */
class Reaching {
  private readonly said: Promise<string>;
  private constructor(private readonly child: ChildProcess) {
    this.said = new Promise((resolve) => child.stdout?.on('data', (part: Buffer) => resolve(part.toString().trim())));
  }

  static async prepare(path: string): Promise<Reaching> {
    const script = `
      const { lockFile } = await import(${JSON.stringify(MODULE)});
      console.error('ready');
      process.stdin.once('data', () => {
        try { lockFile(${JSON.stringify(path)}); console.log('has it'); }
        catch (error) { console.log(error.constructor.name); }
      });`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'pipe' });
    await new Promise((resolve) => child.stderr.once('data', resolve));
    return new Reaching(child);
  }

  reach(): Promise<string> {
    this.child.stdin?.write('\n');
    return this.said;
  }

  kill(): Promise<unknown> {
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGKILL');
    return gone;
  }
}

describe('the lock on the embedded file', function () {
  this.timeout(240_000);
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tiergate-lock-'));
    path = join(folder, 'tiergate.db-lock');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('goes to exactly one of several processes that reach for it at once, also after its holder was killed', async () => {
    for (let round = 0; round < 5; round++) {
      const all = await Promise.all(Array.from({ length: 4 }, () => Reaching.prepare(path)));
      const answers = await Promise.all(all.map((one) => one.reach()));
      await Promise.all(all.map((one) => one.kill()));
      expect(answers.filter((answer) => answer === 'has it').length, answers.join()).to.be.at.most(1);
      const [next] = [await Reaching.prepare(path)];
      expect(await next.reach()).to.equal('has it');
      await next.kill();
    }
  });

  it('is not held by whoever was given the process number of one that was killed', async () => {
    const holder = await Reaching.prepare(path);
    await holder.reach();
    await holder.kill();
    // What the file says counts for nothing: this process is alive, and so is number 1.
    const release = lockFile(path);
    expect(() => lockFile(path)).to.throw(DatabaseInUse, String(process.pid));
    release();
    lockFile(path)();
  });

  it('keeps a second server away with a message that says who holds it; commands that only look go on', async () => {
    const place = new Place();
    const first = await RunningProduct.start(place);
    try {
      const second = await place.run(['serve'], { PORT: '0' });
      expect(second.code).to.equal(3);
      expect(second.err).to.match(/a running server holds this database \(process \d+ holds \S+-lock\)/);
      expect(second.err).not.to.match(/\n\s+at /);
      expect((await place.tiergate('audit', 'verify')).code).to.equal(0);
      expect((await place.tiergate('migrate', 'status')).code).to.equal(0);
      expect((await place.tiergate('policies', 'export')).out).to.match(/^p, /m);
      const zh = await place.run(['admin', 'create', '--username', 'root-2', '--language', 'zh'], {
        TIERGATE_ADMIN_PASSWORD: 'long enough for this',
      });
      expect(zh.code).to.equal(3);
      expect(zh.err).to.contain('请先停止服务');
    } finally {
      await first.stop();
      place.remove();
    }
  });
});
