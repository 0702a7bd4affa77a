import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { asText } from '../support/classification/people.js';
import { plantedPairs } from '../support/classification/planted-joins.js';
import { Place } from '../support/product.js';

describe('two files together on the command line', function () {
  this.timeout(240_000);
  let place: Place;
  beforeEach(() => {
    place = new Place();
  });
  afterEach(() => place.remove());

  it('tells those that single people out from those that do not', async () => {
    const pairs = plantedPairs(1, 1);
    const [{ first, second }] = pairs as [(typeof pairs)[number]];
    for (const [index, { first, second }] of pairs.entries()) {
      writeFileSync(join(place.folder, `a${index}.csv`), asText(first.header, first.rows));
      writeFileSync(join(place.folder, `b${index}.csv`), asText(second.header, second.rows));
    }
    const linked = await place.tiergate('fuse', 'a0.csv', 'b0.csv');
    expect(linked.code, linked.out + linked.err).to.equal(1);
    expect(linked.out).to.match(/surely the same: \d+/);
    const apart = await place.tiergate('fuse', 'a1.csv', 'b1.csv', '--language', 'zh');
    expect(apart.code).to.equal(0);
    expect(apart.out).to.contain('共有的列');
    const asked = await place.tiergate('fuse', 'a0.csv', 'b0.csv', '--on', 'nothing=none', '--json');
    expect(asked.code).to.equal(3);
    expect(JSON.parse(asked.out)).to.deep.equal({ status: 'not-assessed', reason: 'unknown-column' });
    const on = `${first.header[1]} = ${second.header[1]}, ${first.header[2]}=${second.header[2]}`;
    const spaced = await place.tiergate('fuse', 'a0.csv', 'b0.csv', '--on', on, '--json');
    expect(JSON.parse(spaced.out).status, 'blanks around names').to.equal('assessed');
    const missing = await place.tiergate('fuse', 'a0.csv', 'nowhere.csv');
    expect(missing.code).to.equal(3);
    expect(missing.err).to.contain('nowhere.csv').and.to.contain('not-found');
  });
});
