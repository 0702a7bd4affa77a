import { readFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { basename, dirname, sep } from 'node:path';
import { expect } from 'chai';
import { inProject, projectFiles, projectRoot } from '../support/project.js';

const VAGUE = new Set(['utils', 'util', 'helpers', 'helper', 'common', 'types', 'misc', 'shared', 'lib']);
const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*$/;
const TEXT = /\.(ts|tsx|mjs|js|json|md|ya?ml|csv|css|html|conf|sh|svg|ttl)$|(^|\/)[^.]+$/;

const isText = (file: string) => TEXT.test(file) && !/\.(png|woff2?|xlsx|parquet)$/.test(file);
const offenders = (files: readonly string[], pattern: RegExp | string) =>
  files.flatMap((file) =>
    readFileSync(inProject(file), 'utf8')
      .split('\n')
      .flatMap((line, index) => {
        const hit = typeof pattern === 'string' ? line.includes(pattern) : pattern.test(line);
        return hit ? [`${file}:${index + 1}: ${line.trim().slice(0, 120)}`] : [];
      }),
  );

/** Folders whose names mean something here only: the home, and what holds this checkout (but not the system's /tmp). */
const placesOfThisMachine = [...new Set([homedir(), dirname(projectRoot), projectRoot])]
  .filter((folder) => folder !== sep && folder !== tmpdir())
  .map((folder) => `${folder}${sep}`);

describe('names and words', () => {
  const code = ['src', 'test', 'seeds', 'bench', 'scripts', 'portal-kit', 'console/src'].flatMap((folder) =>
    projectFiles(folder),
  );

  it('no folder has a name that says nothing', () => {
    const vague = code.filter((file) =>
      dirname(file)
        .split('/')
        .some((part) => VAGUE.has(part)),
    );
    expect(vague).to.deep.equal([]);
  });

  it('files are named in kebab-case after what they hold', () => {
    const odd = code
      .filter((file) => /\.(ts|tsx|mjs)$/.test(file))
      .map((file) => basename(file).replace(/\.(ts|tsx|mjs)$/, ''))
      .filter((name) => !KEBAB.test(name));
    expect(odd).to.deep.equal([]);
  });

  it('src has named exports only', () => {
    expect(offenders(projectFiles('src', '.ts'), /^export default\b/)).to.deep.equal([]);
  });

  it('no words of unfinished work', () => {
    const unfinished = new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME', 'X' + 'XX', 'HA' + 'CK'].join('|')})\\b`);
    expect(offenders(code.filter(isText), unfinished)).to.deep.equal([]);
  });

  it('no path of this machine is committed', () => {
    const files = projectFiles('.').filter(isText);
    expect(files.length).to.be.greaterThan(50);
    expect(placesOfThisMachine.flatMap((place) => offenders(files, place))).to.deep.equal([]);
  });

  it('the lock file names no registry', () => {
    expect(offenders(['package-lock.json'], '"resolved": "http')).to.deep.equal([]);
    expect(
      offenders(
        projectFiles('.').filter((file) => basename(file) === '.npmrc'),
        /registry\s*=/,
      ),
    ).to.deep.equal([]);
  });

  it('the search for words finds a word that is there', () => {
    expect(offenders(['biome.json'], '"$schema"')).to.have.length(1);
  });
});
