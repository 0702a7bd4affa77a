import { expect } from 'chai';
import { assessFile } from '../support/security/hostile-table.js';
import { backends } from '../support/databases.js';
import { type OpenApp, openApp } from '../support/server.js';

/** Processor time that one request may take before others notice, in milliseconds; other processes do not count. */
const BUDGET = 1000;
const LENGTH = 20_000;

/** Texts that make a careless expression try every way to match: long runs, almost matches, nested repetition. */
const RUNS = ['a', '1', ' ', '-', '.', '@', '(', '中', '，', '1 ', 'ab', 'a@', '-1', '\u200b', '"', '/a'].map((part) =>
  part.repeat(LENGTH / part.length),
);
const HOSTILE = RUNS.flatMap((run) => [run, `${run}!`, `x${run}\n`]);

async function cpuOf(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user } = process.cpuUsage(before);
  return user / 1000;
}

/** The same, looked at once more where it was much: on a busy machine one reading in a hundred is. */
async function leastCpuOf(work: () => unknown): Promise<number> {
  const first = await cpuOf(work);
  return first < BUDGET ? first : Math.min(first, await cpuOf(work));
}

describe('security: no text makes an expression run away', function () {
  this.timeout(240_000);
  let opened: OpenApp;
  before(async () => {
    opened = await openApp(backends[0] as never, { seeded: true });
  });
  after(() => opened.close());

  it('an expression that does would be noticed', async () => {
    expect(await leastCpuOf(() => /^(a+)+$/.test(`${'a'.repeat(30)}!`))).to.be.greaterThan(BUDGET);
  });

  it('in a search', async () => {
    for (const text of HOSTILE.map((one) => one.slice(0, 4000))) {
      const spent = await leastCpuOf(() => opened.http.get(`/api/datasets?q=${encodeURIComponent(text)}`));
      expect(spent, JSON.stringify(text.slice(0, 12))).to.be.lessThan(BUDGET);
    }
  });

  it('in what people send: names, reasons, codes, dates', async () => {
    for (const text of HOSTILE) {
      const body = {
        name: { zh: text, en: text },
        creditCode: text,
        authorisation: text,
        handler: { username: text, name: text, password: text },
        signatory: { username: text, name: text, password: text },
      };
      const spent = await leastCpuOf(() => opened.http.post('/api/registrations').send(body));
      expect(spent, JSON.stringify(text.slice(0, 12))).to.be.lessThan(BUDGET);
    }
  });

  it('in a table that is classified: headings and cells', async () => {
    for (const text of HOSTILE) {
      const spent = await leastCpuOf(() => assessFile(text.replaceAll(/["\n]/g, ' ')));
      expect(spent, JSON.stringify(text.slice(0, 12))).to.be.lessThan(BUDGET);
    }
  });
});
