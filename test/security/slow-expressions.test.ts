import { expect } from 'chai';
import { backends } from '../support/databases.js';
import { type OnLength, runsAway } from '../support/growth.js';
import { assessFile } from '../support/security/hostile-table.js';
import { type OpenApp, openApp } from '../support/server.js';

const LENGTH = 20_000;
/** As much of a search as an address may hold. */
const QUERY = 4_000;

/** Texts that make a careless expression try every way to match: long runs, almost matches, nested repetition. */
const PARTS = ['a', '1', ' ', '-', '.', '@', '(', '中', '，', '1 ', 'ab', 'a@', '-1', '\u200b', '"', '/a'];
const ENDS: readonly ((run: string) => string)[] = [(run) => run, (run) => `${run}!`, (run) => `x${run}\n`];
const HOSTILE = PARTS.flatMap((part) =>
  ENDS.map((ended) => (length: number) => ended(part.repeat(length / part.length))),
);

/** None of the hostile texts makes this work grow faster than the text. */
async function expectNone(length: number, work: (text: string) => unknown): Promise<void> {
  for (const text of HOSTILE) {
    const onLength: OnLength = (size) => work(text(size));
    expect(await runsAway(onLength, length), JSON.stringify(text(12))).to.equal(false);
  }
}

describe('security: no text makes an expression run away', function () {
  this.timeout(240_000);
  let opened: OpenApp;
  before(async () => {
    opened = await openApp(backends[0] as never, { seeded: true });
  });
  after(() => opened.close());

  it('an expression that does would be noticed', async () => {
    const careless = (length: number) => ' '.repeat(length).replace(/\s*:/g, '');
    const careful = (length: number) => ' '.repeat(200 * length).replace(/\s+/g, '');
    expect(await runsAway(careless, LENGTH)).to.equal(true);
    expect(await runsAway(careful, LENGTH)).to.equal(false);
  });

  it('in a search', () => expectNone(QUERY, (text) => opened.http.get(`/api/datasets?q=${encodeURIComponent(text)}`)));

  it('in what people send: names, reasons, codes, dates', () =>
    expectNone(LENGTH, (text) => {
      const person = { username: text, name: text, password: text };
      return opened.http.post('/api/registrations').send({
        name: { zh: text, en: text },
        creditCode: text,
        authorisation: text,
        handler: person,
        signatory: person,
      });
    }));

  it('in a table that is classified: headings and cells', () =>
    expectNone(LENGTH, (text) => assessFile(text.replaceAll(/["\n]/g, ' '))));
});
