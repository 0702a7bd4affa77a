import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { inProject, projectFiles, projectRoot } from '../support/project.js';

const FILES = {
  'src/grants/domain/looks-at-the-clock.ts': 'export const now = () => Date.now();',
  'src/grants/domain/throws-dice.ts': 'export const dice = () => Math.random();',
  'src/grants/domain/knows-the-platform.ts': 'export const home = () => process.env;',
  'src/grants/domain/fetches.ts': "export const page = () => fetch('x');",
  'src/grants/domain/sound.ts': 'export const sum = (a: number, b: number) => a + b;',
  'src/grants/forgets.ts': 'const save = async () => 1;\nexport function run() {\n  save();\n}\n',
  'src/grants/looks.ts': 'export const now = () => Date.now();',
};

/** Runs one of the tools of package.json in a folder; answers what it printed. */
function tool(folder: string, name: string, args: readonly string[]): string {
  const { stdout, stderr } = spawnSync(process.execPath, [inProject('node_modules', '.bin', name), ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  return stdout + stderr;
}

describe('lint and the domain compile', function () {
  this.timeout(240_000);
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'tiergate-lint-'));
    symlinkSync(join(projectRoot, 'node_modules'), join(folder, 'node_modules'));
    for (const name of ['.oxlintrc.json', 'tsconfig.json', 'tsconfig.domain.json', 'package.json']) {
      copyFileSync(inProject(name), join(folder, name));
    }
    for (const [name, text] of Object.entries(FILES)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  it('lint fires on the clock and on dice in a domain, and on a promise nobody awaits', () => {
    const lines = tool(folder, 'oxlint', ['--type-aware', '--format', 'unix', 'src']).split('\n');
    const fired = (file: string, rule: string) => lines.some((line) => line.includes(file) && line.includes(rule));
    expect(fired('looks-at-the-clock.ts', 'no-restricted-globals')).to.equal(true);
    expect(fired('throws-dice.ts', 'no-restricted-properties')).to.equal(true);
    expect(fired('forgets.ts', 'no-floating-promises')).to.equal(true);
    expect(lines.filter((line) => /sound\.ts|\/looks\.ts/.test(line))).to.deep.equal([]);
  });

  it('the domain compile refuses what only a platform has', () => {
    const output = tool(folder, 'tsc', ['-p', 'tsconfig.domain.json']);
    expect(output).to.match(/knows-the-platform\.ts.*TS2\d+.*process/);
    expect(output).to.match(/fetches\.ts.*TS2\d+.*fetch/);
    expect(output).not.to.match(/sound\.ts|looks-at-the-clock\.ts/);
  });

  it('there is a domain for them to look at', () => {
    expect(projectFiles('src', '.ts').filter((file) => /^src\/[^/]+\/domain\//.test(file))).not.to.deep.equal([]);
  });
});
