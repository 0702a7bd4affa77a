import { existsSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { inProject, projectFiles } from '../support/project.js';

const page = readFileSync(inProject('docs/security.md'), 'utf8');
const rows = [...page.matchAll(/^\| (\d+) \| V[\d.]+ \| (.+?) \| (.+) \|$/gm)];

describe('docs/security.md', () => {
  it('has a row for each of the sixty requirements, with a test or a reason', () => {
    expect(rows.map(([, number]) => Number(number))).to.deep.equal(Array.from({ length: 60 }, (_, index) => index + 1));
    for (const [, number, , proof = ''] of rows)
      expect(proof.startsWith('no') || /`(test|docs|package-lock)/.test(proof), `row ${number}`).to.equal(true);
  });

  it('names files that are there', () => {
    const named = [...page.matchAll(/`((?:test|docs|policies)\/[\w./-]+)`/g)].map(([, path = '']) => path);
    expect(named.filter((path) => !existsSync(inProject(path)))).to.deep.equal([]);
  });

  it('names every test of test/security', () => {
    const tests = projectFiles('test/security').filter((file) => file.endsWith('.test.ts'));
    expect(tests.length).to.be.greaterThan(5);
    expect(tests.filter((file) => !page.includes(file))).to.deep.equal([]);
  });
});
