import { expect } from 'chai';
import { demonstrate } from '../support/capability.js';
import { type Account, done, refused } from '../support/town.js';

const STEWARD = 'steward-transport';
const LAW = { legalBasis: '上海市数据条例第四十一条第三款' };

// oxlint-disable-next-line typescript/no-explicit-any -- bodies as a stranger sees them
type Body = any;

demonstrate('classifying', (shows, city) => {
  const see = async (path: string, by: Account = STEWARD): Promise<Body> =>
    done(await (await city.town.as(by)).get(path)).body;
  const send = async (by: Account, path: string, body: object) => (await city.town.as(by)).post(path, body);
  const give = (by: Account, path: string, command: string, body: object = {}) =>
    city.town.give(by, path, command, body);
  const assess = async (dataset: string, body: object): Promise<Body> => {
    const { id } = done(await send(STEWARD, `/api/datasets/${dataset}/assessments`, body), 202).body;
    return see(`/api/assessments/${id}`, 'officer');
  };
  /** Open data of the transport commission that no test has touched. */
  const shelf: Body[] = [];
  const open = async (): Promise<Body> => {
    if (shelf.length === 0) {
      const { organisation } = await see('/api/me');
      shelf.push(...(await see(`/api/datasets?tier=open&publisher=${organisation.id}&limit=100`)).items);
    }
    for (;;) {
      const next = await see(`/api/datasets/${shelf.pop().id}`);
      if (next.distributions.some(({ kind }: Body) => kind === 'file')) return next;
    }
  };
  const isServed = async (id: string): Promise<boolean> => {
    const question = { subject: { type: 'anonymous', id: 'anonymous' }, resource: { type: 'dataset', id } };
    const asked = { ...question, action: { name: 'download' } };
    return done(await (await city.town.portal()).post('/access/v1/evaluation', asked)).body.decision;
  };
  const found = (item: string) => ({
    findings: [{ item, type: 'mobile-number', matchedFraction: 0.9, sampleSize: 100, rule: 'columns/1#x' }],
  });

  shows('doubts-ask-a-person', async () => {
    const [one, two] = [await open(), await open()];
    const report = (more: object) => ({
      report: {
        kind: 'assessed',
        file: { sha256: 'a'.repeat(64) },
        rows: 1000,
        columns: [{ name: one.items[0].name, findings: [] }],
        ...more,
      },
    });
    const calm = await assess(one.id, report({ brokenRows: 10 }));
    expect([calm.content.doubts, calm.state]).to.deep.equal([[], 'recorded']);
    const broken = await assess(one.id, report({ brokenRows: 11 }));
    expect([broken.content.doubts, broken.state]).to.deep.equal([['broken-rows'], 'proposed']);
    const told = await assess(two.id, report({ doubts: ['not-asked', 'singled-out'] }));
    expect([told.content.doubts, told.state]).to.deep.equal([['singled-out', 'not-asked'], 'proposed']);
    expect((await see(`/api/datasets/${two.id}`)).tierStatus).to.equal('pending-review');
    const unknown = report({ doubts: ['all-is-well'] });
    refused(await send(STEWARD, `/api/datasets/${two.id}/assessments`, unknown), 422, 'invalid-report');
  });

  shows('one-act-one-tier', async () => {
    const records = [await open(), await open(), await open()];
    const before: Body[] = [];
    for (const { id, items } of records) before.push(await assess(id, found(items[0].name)));
    const [first, second, third] = before;
    const wish = { tier: 'open', reason: '列已去除', ...LAW };
    done(await give(STEWARD, `/api/datasets/${second.dataset}`, 'propose-tier', wish));
    const path = `/api/assessments/groups/${first.group}`;
    const { etag } = await see(path, 'officer');
    done(await give('officer', `/api/assessments/${third.id}`, 'return', { reason: '请补充' }));
    const officer = await city.town.as('officer');
    const confirm = (seen: string) =>
      officer.post('/api/assessments/commands/confirm', { group: first.group }, { 'if-match': seen });
    refused(await confirm(etag), 412, 'stale-etag');
    const seen = await see(path, 'officer');
    const { datasets } = done(await confirm(seen.etag)).body;
    expect(datasets).to.include(first.dataset).and.not.include(second.dataset);
    expect([datasets.length, seen.verdict.proposed]).to.deep.equal([seen.count, 'restricted']);
    expect((await see(`/api/datasets/${second.dataset}`)).tier, 'nobody has lowered it').to.equal('restricted');
  });

  shows('consent-withdrawn-closes', async () => {
    const { id, items } = await open();
    await assess(id, found(items[0].name));
    expect(await isServed(id)).to.equal(false);
    const consent = { reference: '同意书 17', date: city.day() };
    const later = { consent: { ...consent, date: city.day(1) } };
    refused(await send(STEWARD, `/api/datasets/${id}/assessments`, later), 422, 'record-in-future');
    const asked = await assess(id, { consent });
    expect([asked.verdict.proposed, await isServed(id)]).to.deep.equal(['open', false]);
    const lower = { reason: '权利人同意', ...LAW, evidence: '同意书 17' };
    done(await give('officer', `/api/assessments/${asked.id}`, 'confirm', lower));
    expect(await isServed(id)).to.equal(true);
    await assess(id, { consent: { ...consent, withdrawn: true } });
    expect(await isServed(id)).to.equal(false);
  });

  shows('returned-is-not-lost', async () => {
    const { id, items } = await open();
    const asked = await assess(id, found(items[0].name));
    done(await give('officer', `/api/assessments/${asked.id}`, 'return', { reason: '请核对该列' }));
    const waiting = async () =>
      (await see('/api/reevaluations?cause=returned&limit=100')).items.find(({ dataset }: Body) => dataset === id);
    expect(await waiting()).to.include({ note: '请核对该列', state: 'due' });
    const lower = { tier: 'open', reason: '列已去除', ...LAW };
    const { body } = done(await give(STEWARD, `/api/datasets/${id}`, 'propose-tier', lower));
    expect((await see(`/api/assessments/${body.id}`, 'officer')).people[0].name).to.equal(
      (await see('/api/me')).subject.name,
    );
    done(await give('officer', `/api/assessments/${body.id}`, 'confirm'));
    expect(await waiting()).to.equal(undefined);
  });

  shows('publishes-what-was-read', async () => {
    const { content } = await see('/api/rule-packs/cn-shanghai', 'officer');
    const [first, ...others] = content.rules;
    const changes = { rules: [...others, { ...first, id: 'shown-here' }] };
    const draft = { pack: 'cn-shanghai', reason: 'Shown', changes };
    const path = `/api/rule-packs/${done(await send('officer', '/api/rule-packs', draft), 201).body.id}`;
    done(await give('officer', path, 'propose'));
    refused(await give('officer', path, 'publish'), 422, 'own-pack');
    refused(await give('officer-2', path, 'publish'), 422, 'rehearsal-missing');
    const shown = await see(path, 'officer-2');
    const told = shown.differs.map(({ part, key, change }: Body) => `${change} ${part} ${key}`);
    expect(told).to.have.members([`removed rules ${first.id}`, 'added rules shown-here']);
    expect(shown.people.map(({ name }: Body) => name)).to.deep.equal([(await see('/api/me', 'officer')).subject.name]);
  });
});
