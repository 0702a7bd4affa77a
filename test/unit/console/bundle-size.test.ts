import { existsSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { inProject } from '../../support/project.js';
import { skip } from '../../support/skip.js';

interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
}
const BUILT = ['dist', 'console'];
/** What somebody may open without signing in, in one language. */
const PUBLIC = [
  'index.html',
  'src/home/home.tsx',
  'src/search/search.tsx',
  'src/dataset/dataset.tsx',
  'src/sign-in/sign-in.tsx',
  'src/messages/zh.json',
];
const LIMIT = 350 * 1000;

describe('the built console', () => {
  before(function () {
    if (!existsSync(inProject(...BUILT, 'index.html'))) skip(this, 'the console is not built: npm run build');
  });

  const manifest = (): Record<string, Chunk> =>
    JSON.parse(readFileSync(inProject(...BUILT, '.vite', 'manifest.json'), 'utf8')) as Record<string, Chunk>;
  const scriptsOf = (entries: readonly string[]): Set<string> => {
    const chunks = manifest();
    const files = new Set<string>();
    const add = (name: string): void => {
      const chunk = chunks[name];
      if (chunk === undefined) throw new Error(`${name} is not in the manifest`);
      if (files.has(chunk.file)) return;
      files.add(chunk.file);
      chunk.imports?.forEach(add);
    };
    entries.forEach(add);
    return files;
  };
  const packed = (files: Iterable<string>): number =>
    [...files].reduce((sum, file) => sum + gzipSync(readFileSync(inProject(...BUILT, file)), { level: 9 }).length, 0);

  it('needs at most 350 kB of packed script for everything public', () => {
    const files = scriptsOf(PUBLIC);
    const size = packed(files);
    console.log(`        ${files.size} files, ${(size / 1000).toFixed(1)} kB packed`);
    expect(size).to.be.above(50_000).and.at.most(LIMIT);
  });
  it('loads the screens of the signed-in only when they are opened', () => {
    const files = scriptsOf(PUBLIC);
    for (const screen of [
      'src/applications/application.tsx',
      'src/classification/assessment.tsx',
      'src/grants/grant.tsx',
    ]) {
      expect(files.has(manifest()[screen]?.file ?? 'absent'), screen).to.equal(false);
    }
  });
  it('names no other origin', () => {
    const page = readFileSync(inProject(...BUILT, 'index.html'), 'utf8');
    expect(page).not.to.match(/(?:src|href)="(?:https?:)?\/\//);
    expect(page).not.to.match(/<script(?![^>]*\bsrc=)/);
  });
});
