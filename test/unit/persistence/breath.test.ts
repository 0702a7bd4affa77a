import { expect } from 'chai';
import { EmbeddedDatabase } from '../../../src/persistence/embedded-database.js';

const LONG = 300;
const OFTEN = 5;

/** How often a timer came to its turn while the work went on. */
async function turnsDuring(work: () => Promise<unknown>): Promise<number> {
  let turns = 0;
  const timer = setInterval(() => (turns += 1), OFTEN);
  const until = performance.now() + LONG;
  while (performance.now() < until) await work();
  clearInterval(timer);
  return turns;
}

describe('long work on the embedded database', () => {
  let database: EmbeddedDatabase;
  before(async () => {
    database = await EmbeddedDatabase.open(':memory:', { entities: [], migrations: [] });
  });
  after(() => database.close());

  it('lets others have their turn between its statements, as it would not by itself', async () => {
    const one = (manager: { query(sql: string): Promise<unknown> }) => manager.query('SELECT 1');
    expect(await turnsDuring(() => database.write(one)), 'writing').to.be.at.least(3);
    expect(await turnsDuring(() => database.read(one)), 'reading').to.be.at.least(3);
    const inOne = await database.write((manager) => turnsDuring(() => one(manager)));
    expect(inOne, 'within one transaction').to.be.at.least(3);
    expect(await turnsDuring(() => Promise.resolve()), 'work that asks the database nothing').to.equal(0);
  });
});
