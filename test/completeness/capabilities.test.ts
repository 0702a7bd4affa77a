import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { readChapters, undemonstrated } from '../../scripts/pages/capability-claims.js';
import { shownIn } from '../support/capability.js';
import { isAvailable, mariaDb } from '../support/databases.js';
import { projectRoot } from '../support/project.js';
import { skip } from '../support/skip.js';

/** Lines of what passed; the outcome of the whole part lies in the same folder under a name like theirs (`.json`). */
const linesIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => /^capabilities-\d+\.txt$/.test(name))
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').trimEnd().split('\n'));

describe('capabilities shown by the whole run', () => {
  const chapters = readChapters(projectRoot);
  let passed: Set<string>;

  before(function () {
    passed = shownIn !== undefined && existsSync(shownIn) ? new Set(linesIn(shownIn)) : new Set();
    if (passed.size === 0) skip(this, 'nothing was shown: this part judges what the whole `npm test` saw');
  });

  it('every row claimed was shown by its test, and none that is not claimed', () => {
    expect(undemonstrated(chapters, passed)).to.deep.equal([]);
  });

  it('a row whose test is taken away, or is not claimed, is found', () => {
    for (const row of passed) {
      const without = new Set([...passed].filter((one) => one !== row));
      expect(undemonstrated(chapters, without)).to.deep.equal([`${row}: claimed, and no test showed it`]);
    }
    const more = new Set([...passed, 'grants/for-ever']);
    expect(undemonstrated(chapters, more)).to.deep.equal(['grants/for-ever: shown, and not claimed']);
  });

  it('on both kinds of database where races and time are touched', function () {
    if (!isAvailable(mariaDb)) skip(this, 'no MariaDB: TIERGATE_TEST_MARIADB is not set');
    const lines = linesIn(shownIn as string);
    const { served } = chapters.find(({ name }) => name === 'grants') ?? { served: [] };
    for (const { id } of served)
      expect(
        lines.filter((line) => line === `grants/${id}`),
        id,
      ).to.have.length(2);
  });
});
