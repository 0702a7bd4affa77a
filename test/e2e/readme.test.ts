import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect } from 'chai';
import { COMMANDS } from '../../src/cli/commands.js';
import { inProject } from '../support/project.js';

const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'CHANGELOG.md',
  'docs/operations.md',
  'docs/adr/README.md',
];
const TOUR = /<!-- tour: [^>]*-->\n```console\n([\s\S]*?)\n```\n<!-- end of the tour -->/;

const textOf = (page: string): string => readFileSync(inProject(page), 'utf8');

/** What differs from run to run by its nature: ids, times, days, durations, counts of entries, the port. */
const normalised = (text: string): string[] =>
  text
    .trim()
    .replaceAll(/\b[0-9A-HJKMNP-TV-Z]{26}\b/g, '<id>')
    .replaceAll(/\d{4}-\d{2}-\d{2}T[\d:.]+Z/g, '<time>')
    .replaceAll(/"(due|from|to)":"\d{4}-\d{2}-\d{2}"/g, '"$1":"<day>"')
    .replaceAll(/\b[\d.]+ (ms|s)\b/g, '<n> $1')
    .replaceAll(/"(revision|total)":\d+/g, '"$1":<n>')
    .replaceAll(/\b\d+ \/ \d+\b/g, '<n> / <n>')
    .replaceAll(/entry \d+/g, 'entry <n>')
    .replaceAll(/"policyVersion":"\w+"/g, '"policyVersion":"<version>"')
    .replaceAll(/TG-\d{4}-/g, 'TG-<year>-')
    .replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1:<port>')
    .split('\n');

const runTour = (): Promise<{ out: string; code: number | null }> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [inProject('scripts', 'tour.mjs')]);
    let out = '';
    child.stdout.on('data', (part: Buffer) => {
      out += part.toString();
    });
    child.once('close', (code) => resolve({ out, code }));
  });

describe('the README', () => {
  it('shows the tour as a run prints it', async function () {
    this.timeout(300_000);
    const shown = TOUR.exec(textOf('README.md'))?.[1] ?? '';
    expect(shown.split('\n').length, 'lines of the tour').to.be.above(60);
    const { out, code } = await runTour();
    expect(code, out).to.equal(0);
    const [before, now] = [normalised(shown), normalised(out)];
    const differing = now.filter((line, at) => line !== before[at]);
    expect(differing, 'write it anew: npm run tour -- --update').to.deep.equal([]);
    expect(before.length).to.equal(now.length);
  });

  it('and the pages beside it link to nothing that is not there', () => {
    const broken: string[] = [];
    let links = 0;
    for (const page of PAGES) {
      for (const [, target = ''] of textOf(page).matchAll(/\]\(([^)\s]+)\)/g)) {
        if (/^(?:https?:|#|mailto:)/.test(target)) continue;
        links++;
        const path = target.replace(/#.*$/, '');
        if (!existsSync(inProject(dirname(page), path))) broken.push(`${page}: ${target}`);
      }
    }
    expect(links).to.be.above(30);
    expect(broken).to.deep.equal([]);
  });

  it('names only scripts and commands that exist', () => {
    const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
    const named = [...textOf('README.md').matchAll(/npm run ([\w:]+)/g)].map(([, name = '']) => name);
    expect(Object.keys(scripts)).to.include.members(named);
    const commands = COMMANDS.map(({ name }) => name.split(' ')[0]);
    const listed = /`node bin\/tiergate.mjs <command>`: ([^.]*)\./.exec(textOf('README.md'))?.[1] ?? '';
    const words = [...listed.matchAll(/`([a-z-]+)/g)].map(([, name = '']) => name);
    expect(words.length, 'commands named').to.be.above(5);
    expect(commands).to.include.members(words);
  });
});
