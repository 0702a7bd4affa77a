import { existsSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { generatedPages } from '../../scripts/pages/index.js';
import { inProject, projectRoot } from '../support/project.js';

describe('generated documents', function () {
  this.timeout(240_000);
  let pages: ReadonlyMap<string, string>;

  before(async () => {
    pages = await generatedPages(projectRoot);
  });

  it('say what the code says (npm run docs writes them)', () => {
    const different = [...pages].filter(
      ([path, text]) => !existsSync(inProject(path)) || readFileSync(inProject(path), 'utf8') !== text,
    );
    expect(different.map(([path]) => path)).to.deep.equal([]);
  });

  it('are whole', () => {
    expect([...pages.keys()]).to.have.length(8);
    for (const [path, text] of pages) expect(text.length, path).to.be.greaterThan(400);
  });
});
