import { expect } from 'chai';
import { Cases, fine } from '../support/cases.js';
import { backends } from '../support/databases.js';
import { type OpenApp, openApp } from '../support/server.js';

const TYPES = { json: 'application/json', csv: 'text/csv', pdf: 'application/pdf' } as const;

describe('contract: cases and queues leave the product', function () {
  this.timeout(240_000);
  let opened: OpenApp;
  let cases: Cases;
  before(async () => {
    opened = await openApp(backends[0] as never, { seeded: true });
    cases = await Cases.open(await opened.listen());
  });
  after(() => opened.close());

  it('a case, in each of its forms, to be saved and not kept by anything between', async () => {
    const path = await cases.at('refused');
    const { number } = (await cases.as('approver').get(path)).body;
    for (const [form, type] of Object.entries(TYPES))
      for (const who of ['enterprise-a-handler', 'reviewer-transport', 'approver', 'auditor'] as const) {
        const { headers } = fine(await cases.as(who).get(`${path}/case.${form}`));
        expect(headers.get('content-type')?.split(';')[0], form).to.equal(type);
        expect(headers.get('content-disposition')).to.equal(`attachment; filename="${number}.${form}"`);
        expect(headers.get('cache-control')).to.equal('private, no-store');
      }
    const own = fine(await cases.as('enterprise-a-handler').get(`${path}/case.csv`)).text;
    const officers = fine(await cases.as('approver').get(`${path}/case.csv`)).text;
    expect(own).to.contain('Not this year.').and.to.not.contain('Fits.');
    expect(officers).to.contain('Fits.');
  });

  it('to nobody else', async () => {
    const path = await cases.at('submitted');
    for (const form of Object.keys(TYPES)) {
      for (const who of ['enterprise-b-handler', 'citizen', 'reviewer-health', 'portal', 'officer', 'admin'] as const)
        expect((await cases.as(who).get(`${path}/case.${form}`)).status, `${who} ${form}`).to.equal(404);
      expect((await cases.as('anonymous').get(`${path}/case.${form}`)).status).to.equal(401);
    }
    expect((await cases.as('anonymous').get('/api/applications/queue.csv')).status).to.equal(401);
  });

  it('a queue, with the cases its reader may see', async () => {
    await cases.at('submitted');
    const { items } = (await cases.as('reviewer-transport').get('/api/applications?queue=mine&limit=100')).body;
    const table = fine(await cases.as('reviewer-transport').get('/api/applications/queue.csv?queue=mine')).text;
    expect(table.trimEnd().split('\r\n')).to.have.length(items.length + 1);
    for (const { number } of items) expect(table).to.contain(number);
  });
});
