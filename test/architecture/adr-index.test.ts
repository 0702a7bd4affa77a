import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { inProject } from '../support/project.js';

describe('the list of decisions', () => {
  it('names every page once, in the order of their numbers', () => {
    const pages = readdirSync(inProject('docs/adr')).filter((name) => /^\d{4}-.*\.md$/.test(name));
    const listed = [...readFileSync(inProject('docs/adr/README.md'), 'utf8').matchAll(/^\| \[\d{4}\]\((.+?)\)/gm)];
    expect(listed.map(([, name]) => name)).deep.equal(pages.sort());
  });
});
