import { spawn } from 'node:child_process';
import { expect } from 'chai';
import { testMariaDb } from '../support/mariadb.js';
import { inProject } from '../support/project.js';
import { skip } from '../support/skip.js';

/** Every bench on little data for a moment: what is measured may change, but a bench that no longer runs is found here. */
describe('npm run bench', function () {
  this.timeout(1_200_000);

  it('runs every bench, commands and plans on both databases, and every list has a plan without a fault', async function () {
    if (testMariaDb() === undefined) skip(this, 'no MariaDB: TIERGATE_TEST_MARIADB is not set');
    const child = spawn(process.execPath, [inProject('dist', 'bench', 'run.js'), '--quick'], { cwd: inProject() });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (said += part.toString()));
    const code = await new Promise((resolve) => child.once('close', resolve));
    for (const [took] of said.matchAll(/^\w+ took \d+ s$/gm)) console.log(`  ${took}`);
    expect(code, said.slice(-8000)).to.equal(0);
    for (const bench of [
      'decisions',
      'revocation',
      'commands',
      'applications',
      'rems',
      'plans',
      'search',
      'sweep',
      'rehearsal',
      'classification',
    ])
      expect(said).to.contain(`## ${bench}: `);
    expect(said).to.match(/^0 plans with a fault$/m);
    for (const line of [
      /^\| 2000 \| Tiergate \| \d/m,
      /^\| 2000 \| MariaDB, a query per check \| \d/m,
      /^\| MariaDB \| 2000 \| \d/m,
      /^\| … during writes \| \d/m,
      /^\| raw plane \| \d/m,
      /^\| same core behind Express \| \d/m,
      /^\| bare node:http, same bytes \| \d/m,
      /^\| embedded on file \| 8 \| \d/m,
      /^\| MariaDB \| 8 \| \d/m,
      /^\| MariaDB \| 60 \| one check \| \d/m,
      /^\| the instance that wrote it \| 3 (\| \d+ ){3}\| 0 \| 0 \|/m,
      /^\| two workers behind one port, both \| \d/m,
      /^every command was served$/m,
      /^\| embedded on file \| \/api\/grants \| SEARCH/m,
      /^\| MariaDB \| \/api\/grants \| grants /m,
    ])
      expect(said).to.match(line);
  });
});
