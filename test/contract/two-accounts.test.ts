import { expect } from 'chai';
import type { Caller } from '../support/caller.js';
import { Cases, fine } from '../support/cases.js';
import { backends } from '../support/databases.js';
import { newcomer } from '../support/newcomer.js';
import { type OpenApp, openApp } from '../support/server.js';

const [inMemory] = backends;

/** Two people are two people, not two accounts of one. */
describe('contract: two accounts under one name', function () {
  this.timeout(240_000);
  let opened: OpenApp;
  let cases: Cases;
  let address: string;
  before(async () => {
    opened = await openApp(inMemory as never, { seeded: true });
    address = await opened.listen();
    cases = await Cases.open(address);
  });
  after(() => opened.close());

  const nameOf = async (who: 'officer' | 'officer-2'): Promise<string> =>
    (await cases.as(who).get('/api/me')).body.subject.name;
  const officer = async (username: string, name: string): Promise<Caller> =>
    (await newcomer(cases, address, { username, name, beside: 'officer', role: 'officer' })).caller;
  const proposed = async (at: number): Promise<string> => {
    const body = { tier: 'open', reason: 'Counts only', legalBasis: 'art. 41(2)' };
    const path = `/api/datasets/${cases.datasets[at]}`;
    return `/api/assessments/${(await cases.give('officer', path, 'propose-tier', body)).body.id}`;
  };

  it('the second account confirms nothing that the first proposed, and is not offered it', async () => {
    const name = await nameOf('officer');
    const second = await officer('officer-again', name.toUpperCase().replace(' ', '  '));
    const path = await proposed(0);
    expect((await second.get(path)).body.allowedCommands).to.deep.equal([]);
    const refused = await second.command(path, 'confirm', {});
    expect([refused.status, refused.body.code]).to.deep.equal([422, 'own-proposal']);
    expect((await cases.as('anonymous').get(`/api/datasets/${cases.datasets[0]}`)).body.tier).to.equal('conditional');
    fine(await cases.as('officer-2').command(path, 'confirm', {}));
  });

  it('an account under another name does: it is the name that stops the other', async () => {
    const other = await officer('officer-other', 'Xu Zhiyuan');
    const path = await proposed(1);
    expect((await other.get(path)).body.allowedCommands).to.include('confirm');
    fine(await other.command(path, 'confirm', {}));
  });

  it('an account that is added later counts at the next request of those who are signed in', async () => {
    const other = await officer('officer-third', 'Mo Qingyun');
    const path = await proposed(2);
    expect((await other.get(path)).body.allowedCommands).to.include('confirm');
    const again = await officer('officer-fourth', 'Mo  Qingyun');
    const raise = { tier: 'restricted', reason: 'Plates' };
    const { etag } = (await again.get(`/api/datasets/${cases.datasets[3]}`)).body;
    const made = await again.post(`/api/datasets/${cases.datasets[3]}/commands/propose-tier`, raise, {
      'if-match': etag,
    });
    const raised = `/api/assessments/${fine(made).body.id}`;
    expect((await other.command(raised, 'confirm', {})).body.code).to.equal('own-proposal');
  });

  it('nor does it publish what the first wrote, or decide on an objection to what the first ruled', async () => {
    const again = await officer('officer-fifth', await nameOf('officer-2'));
    const change = { pack: 'cn-shanghai', reason: 'r', changes: { title: { zh: '甲', en: 'A' } } };
    const { id } = fine(await cases.as('officer-2').post('/api/rule-packs', change)).body;
    const pack = `/api/rule-packs/${id}`;
    fine(await cases.as('officer').command(pack, 'propose'));
    expect((await again.get(pack)).body.allowedCommands).to.not.include('publish');
    expect((await again.command(pack, 'publish')).body.code).to.equal('own-pack');

    const dataset = cases.datasets[4] as string;
    await cases.give('officer-2', `/api/datasets/${dataset}`, 'propose-tier', { tier: 'restricted', reason: 'r' });
    const filed = { about: 'tier', dataset, tier: 'conditional', reason: 'It is not' };
    const objection = fine(await cases.as('steward-transport').post('/api/objections', filed)).body.id;
    const path = `/api/objections/${objection}`;
    expect((await again.get(path)).body.allowedCommands).to.deep.equal([]);
    expect((await again.command(path, 'reject', { reason: 'r' })).body.code).to.equal('own-ruling');
  });
});
