import { expect } from 'chai';
import { Cases, fine } from '../support/cases.js';
import { backends } from '../support/databases.js';
import { type OpenApp, openApp } from '../support/server.js';

const [inMemory] = backends;
const dayFrom = (days: number): string =>
  new Date(Date.now() + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);

/** A late renewal as the steward and whoever reads the catalogue meet it. */
describe('contract: late updates', function () {
  this.timeout(240_000);
  let opened: OpenApp;
  let cases: Cases;
  before(async () => {
    opened = await openApp(inMemory as never, { seeded: true });
    cases = await Cases.open(await opened.listen());
    await letTimeAct();
  });
  after(() => opened.close());

  const letTimeAct = () => opened.app.slices.classification.governing!.late.letTimeAct(opened.app.unit);
  const queue = async (who: 'officer' | 'steward-transport' | 'steward-health', cause = 'late-update') =>
    (await cases.as(who).get(`/api/reevaluations?cause=${cause}&limit=100`)).body.items as {
      dataset: string;
      publisher: string;
      cause: string;
      allowedCommands: string[];
    }[];
  const noticesOf = async (dataset: string): Promise<string[]> =>
    fine(await cases.as('steward-transport').get(`/api/datasets/${dataset}`)).body.notices.map(
      ({ code }: { code: string }) => code,
    );
  /** A dataset that has been in the catalogue for some days. */
  const known = async (skipped: number): Promise<string> => {
    const found: string[] = [];
    for (const id of cases.datasets)
      if ((await cases.as('officer').get(`/api/datasets/${id}`)).body.lastUpdated < dayFrom(-3)) found.push(id);
    return found[skipped] as string;
  };
  const renew = async (dataset: string, lastUpdated: string) => {
    const steward = cases.as('steward-transport');
    const { etag } = (await steward.get(`/api/datasets/${dataset}`)).body;
    return steward.send(
      'PATCH',
      `/api/datasets/${dataset}`,
      { lastUpdated, updateFrequency: 'daily' },
      { 'if-match': etag },
    );
  };

  it('stands in the queue of its body under its cause, and of nobody else’s', async () => {
    const all = await queue('officer');
    expect(all.length, 'the demo has some').to.be.above(0);
    expect(new Set(all.map(({ cause }) => cause))).to.deep.equal(new Set(['late-update']));
    const own = await queue('steward-transport');
    const body = (await cases.as('steward-transport').get('/api/me')).body.organisation.id;
    expect(own.every(({ publisher }) => publisher === body)).to.equal(true);
    expect(await queue('officer', 'complaint')).to.deep.equal([]);
    expect((await cases.as('officer').get('/api/reevaluations?cause=weather')).status).to.equal(400);
  });

  it('is said on the page of the dataset until the steward renews it', async () => {
    const dataset = await known(0);
    fine(await renew(dataset, dayFrom(-40)));
    await letTimeAct();
    expect(await noticesOf(dataset)).to.include('update-overdue');
    const page = fine(await cases.as('anonymous').get(`/api/datasets/${dataset}`)).body;
    const notice = page.notices.find(({ code }: { code: string }) => code === 'update-overdue');
    expect(notice.text).to.contain(dayFrom(-1));
    expect((await queue('steward-transport')).map((one) => one.dataset)).to.include(dataset);
    fine(await renew(dataset, dayFrom(0)));
    expect(await noticesOf(dataset)).to.not.include('update-overdue');
    expect((await queue('steward-transport')).map((one) => one.dataset)).to.not.include(dataset);
    expect(await letTimeAct()).to.equal(0);
  });

  it('can be looked at and closed by an officer; the mark stays until the data is renewed', async () => {
    const dataset = await known(1);
    fine(await renew(dataset, dayFrom(-40)));
    await letTimeAct();
    const { etag } = (await cases.as('officer').get('/api/reevaluations?cause=late-update&limit=100')).body.items.find(
      (one: { dataset: string }) => one.dataset === dataset,
    );
    const path = `/api/reevaluations/${dataset}/commands/close`;
    fine(await cases.as('officer').post(path, { reason: 'Still as sensitive' }, { 'if-match': etag }));
    expect((await queue('officer')).map((one) => one.dataset)).to.not.include(dataset);
    expect(await noticesOf(dataset)).to.include('update-overdue');
    await letTimeAct();
    expect(
      (await queue('officer')).map((one) => one.dataset),
      'told once',
    ).to.not.include(dataset);
  });
});
