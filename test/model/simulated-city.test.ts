import { expect } from 'chai';
import { backends } from '../support/databases.js';
import { City } from '../simulate/city.js';
import { disagreements } from '../simulate/decisions.js';
import { monthOf, statisticsOf } from '../simulate/figures.js';
import { brokenLaws } from '../simulate/laws.js';
import { live } from '../simulate/year.js';

/** What `npm run simulate` does for a year, for some weeks of a small town. */
describe('model: a simulated city', function () {
  this.timeout(240_000);
  let city: City;

  before(async () => {
    city = await City.found(backends[0] as never, '2026-03-01', 'some weeks', { holders: 2, enterprises: 6 });
  });
  after(() => city.close());

  it('lives for some weeks over HTTP with every law holding, and its statistics count what happened', async () => {
    const told: string[] = [];
    await live(city, '2026-03-02', 25, async (upTo) => void told.push(await monthOf(city, upTo)));
    expect(await disagreements(city)).to.deep.equal([]);
    expect(await brokenLaws(city)).to.deep.equal([]);
    expect(told).to.have.length(1);
    const { whole, outcomes } = (await city.officials.approver.get('/api/statistics/full')).body;
    const counted = (outcomes as { count: number }[]).reduce((sum, { count }) => sum + count, 0);
    expect(counted).to.equal(whole.count);
    expect(whole.count, 'more than the demo begins with').to.be.greaterThan(5);
    expect(await statisticsOf(city)).to.match(/^rulings \d+, undecided \d+, in time \d+ %/);
  });

  it('tells of a promise that was broken, of a row that somebody edited, and of a case that is not its events', async () => {
    city.broken.push({ who: 'desk-0', command: 'accept', at: '/api/applications/1', answer: '409 not-allowed-now' });
    const [{ id }] = await city.opened.app.unit.read((reader) =>
      reader.manager.query("SELECT id FROM applications WHERE state = 'concluded' ORDER BY id LIMIT 1"),
    );
    await city.opened.app.database.write((manager) =>
      manager.query(`UPDATE applications SET body = REPLACE(body, '"concluded"', '"withdrawn"') WHERE id = ?`, [id]),
    );
    const laws = await brokenLaws(city);
    expect(laws).to.include('advertised, and refused: desk-0 accept /api/applications/1: 409 not-allowed-now');
    expect(laws.some((law) => law.startsWith(`history: row-edited application ${id}`))).to.equal(true);
    expect(laws).to.include(`case ${id}: is not the fold of its events`);
  });
});
