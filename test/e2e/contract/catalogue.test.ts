import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { backends } from '../../support/databases.js';
import { chapter } from '../../support/promises.js';
import { sharedData, skip } from '../../support/skip.js';
import { type Account, ACCOUNTS, done, refused, Town } from '../../support/town.js';

const [inMemory] = backends;
const CONDITION = {
  kind: 'scenario',
  text: { zh: '仅限申请场景', en: 'Only for the scenario' },
  evidenceRequired: false,
};
const FIELDS = [
  ...'economy environment education-science transport society public-security'.split(' '),
  ...'culture-leisure health livelihood institutions urban-construction credit'.split(' '),
];

chapter('catalogue', (promise) => {
  let town: Town;
  before(async () => {
    town = await Town.open(inMemory as never);
  });
  after(() => town?.close());

  const first = async (query: string, by: Account | null = null) => {
    const caller = by === null ? town.anonymous : await town.as(by);
    const { items } = done(await caller.get(`/api/datasets?limit=1&${query}`)).body;
    return (await caller.get(`/api/datasets/${items[0].id}`)).body;
  };
  let serial = 0;
  const written = async (more: object = {}) => {
    const agreement = (await first('tier=conditional&field=transport')).agreement.template;
    serial += 1;
    return {
      identifier: `T-${serial}`,
      title: { zh: `试验数据集${serial}`, en: `Trial dataset ${serial}` },
      abstract: { zh: '摘要', en: 'Abstract' },
      field: 'transport',
      declaredTier: 'conditional',
      items: [{ name: 'a', title: { zh: '甲', en: 'A' }, type: 'string' }],
      distributions: [{ title: { en: 'CSV' }, format: 'CSV', kind: 'file' }],
      updateFrequency: 'yearly',
      deliveryKinds: ['download'],
      conditions: [CONDITION],
      agreementTemplate: agreement,
      ...more,
    };
  };

  promise('`GET /api/datasets?q=&field=&tier=&publisher=&updatedSince=`', async () => {
    const { publisher } = await first('tier=conditional');
    const all = async (query: string) => (await town.anonymous.get(`/api/datasets?limit=100&${query}`)).body;
    for (const { tier } of (await all('tier=open')).items) expect(tier).to.equal('open');
    for (const { field } of (await all('field=health')).items) expect(field).to.equal('health');
    const own = await all(`publisher=${publisher.id}`);
    expect(own.total).to.be.greaterThan(0);
    for (const one of own.items) expect(one.publisher).to.deep.equal(publisher);
    for (const { redacted, lastUpdated } of (await all('updatedSince=2026-09-01')).items)
      expect(redacted || lastUpdated >= '2026-09-01').to.equal(true);
    expect((await all('publisher=nobody')).total).to.equal(0);
    for (const wrong of ['tier=secret', 'field=sports', 'updatedSince=yesterday', 'updatedSince=2026-02-30'])
      refused(await town.anonymous.get(`/api/datasets?${wrong}`), 400, 'invalid-query');
    // Two Chinese characters, an English word, in both cases.
    for (const q of ['公交', '停车', 'taxi', 'TAXI']) {
      const found = await all(`q=${encodeURIComponent(q)}`);
      expect(found.total, q).to.be.greaterThan(0);
      const words = found.items.map(({ title, abstract }: { title: object; abstract: object }) =>
        JSON.stringify([title, abstract]).toLowerCase(),
      );
      expect(words[0], q).to.contain(q.toLowerCase());
    }
  });

  promise('tierStatus:"declared"|"confirmed"|"pending-review"', async () => {
    const page = await first('tier=conditional&field=transport', 'enterprise-a-handler');
    expect(page).to.include.keys(
      ...'id identifier title abstract field publisher source tier declaredTier'.split(' '),
      ...'tierStatus securityLevel sharingTier items distributions deliveryKinds conditions'.split(' '),
      ...'agreement updateFrequency lastUpdated nextUpdateDue state notices reasons nextStep'.split(' '),
      'etag',
    );
    expect(page.tierStatus).to.be.oneOf(['declared', 'confirmed', 'pending-review']);
    expect(page.items[0]).to.include.keys('name', 'title', 'type', 'tier');
    expect(page.distributions[0]).to.include.keys('id', 'title', 'format', 'kind', 'tier');
    expect(page.conditions[0]).to.include.keys('kind', 'text', 'evidenceRequired');
    expect(page.agreement).to.include.keys('version', 'hash', 'href');
    expect(page.reasons[0]).to.include.keys('rule', 'text', 'source', 'verified');
    expect((await town.anonymous.get(page.agreement.href)).body).to.include({
      version: page.agreement.version,
      hash: page.agreement.hash,
    });
  });

  promise(
    'Anonymous callers see open and conditional records, and a redacted entry of a restricted one only where its publisher lists it',
    async () => {
      const restricted = await first('tier=restricted');
      expect(restricted).to.include({ redacted: true, tier: 'restricted' });
      for (const list of ['items', 'distributions', 'conditions', 'reasons'])
        expect(restricted[list]).to.deep.equal([]);
      expect(restricted).to.not.have.any.keys('abstract', 'identifier', 'keywords');
      const total = async (query: string) => (await town.anonymous.get(`/api/datasets?limit=1&${query}`)).body.total;
      expect(await total('')).to.equal((await total('tier=open,conditional')) + (await total('tier=restricted')));
    },
  );

  promise('`url` only where the caller may have it', async () => {
    const open = await first('tier=open');
    expect((await town.anonymous.get(open.distributions[0].url)).status).to.equal(200);
    const dataset = await town.plain();
    const urls = async (by: Account) =>
      (await (await town.as(by)).get(`/api/datasets/${dataset.id}`)).body.distributions.filter(
        ({ url }: { url?: string }) => url !== undefined,
      );
    for (const by of ['citizen', 'enterprise-a-handler', 'approver', 'steward-health'] as const)
      expect(await urls(by), by).to.deep.equal([]);
    expect(await urls('steward-transport')).to.have.length(dataset.distributions.length);
    await town.granted([dataset]);
    const [own] = await urls('enterprise-a-handler');
    expect((await (await town.as('enterprise-a-handler')).get(own.url)).status).to.equal(200);
    expect(await urls('citizen')).to.deep.equal([]);
  });

  promise('nextStep:{code, href?}', async () => {
    const { id } = await town.plain();
    const step = async (by: Account) => (await (await town.as(by)).get(`/api/datasets/${id}`)).body.nextStep;
    expect((await town.anonymous.get(`/api/datasets/${id}`)).body.nextStep).to.include({ code: 'sign-in' });
    expect(await step('citizen')).to.deep.include({ code: 'apply' });
    for (const by of ['enterprise-a-signatory', 'approver', 'steward-transport'] as const)
      expect(await step(by), by).to.deep.equal({ code: 'none' });
    const own = await town.as('steward-transport');
    done(await own.command(`/api/datasets/${id}`, 'suspend', { reason: 'Quality' }));
    for (const [by, code] of [
      ['citizen', 'wait'],
      ['supervisor', 'wait'],
      ['steward-transport', 'none'],
    ] as const)
      expect((await step(by)).code, `${by}, suspended`).to.equal(code);
    done(await own.command(`/api/datasets/${id}`, 'restore'));
    const body = (await town.me('steward-transport')).organisation.id;
    const closed = (await first(`tier=restricted&publisher=${body}`, 'steward-transport')).id;
    const stepOf = async (by: Account) => (await (await town.as(by)).get(`/api/datasets/${closed}`)).body.nextStep.code;
    expect([await stepOf('officer'), await stepOf('steward-transport')]).to.deep.equal(['demand', 'none']);
    const draft = await town.draft([id]);
    expect((await step('enterprise-a-handler')).code, 'a draft is not yet a request').to.equal('apply');
    done(await town.give('enterprise-a-handler', draft, 'submit'));
    const waiting = await step('enterprise-a-handler');
    expect(waiting.code).to.equal('wait');
    // Where a next step leads there is a screen, and the resource it names.
    expect((await (await town.as('enterprise-a-handler')).get(`/api${waiting.href}`)).status).to.equal(200);
    expect((await town.anonymous.get(waiting.href)).headers.get('content-type')).to.contain('text/html');
  });

  promise('`POST /api/datasets`, `PATCH /api/datasets/{id}`', async () => {
    const steward = await town.as('steward-transport');
    const body = await written();
    refused(await town.anonymous.post('/api/datasets', body), 401, 'sign-in-required');
    refused(await (await town.as('enterprise-a-handler')).post('/api/datasets', body), 403, 'forbidden');
    const { id, publisher } = done(await steward.post('/api/datasets', body), 201).body;
    expect(publisher.id).to.equal((await town.me('steward-transport')).organisation.id);
    refused(await steward.post('/api/datasets', body), 409, 'identifier-taken');
    const path = `/api/datasets/${id}`;
    refused(await town.anonymous.get(path), 404, 'not-found');
    refused(await (await town.as('steward-health')).change(path, { title: { zh: '别人' } }), 404, 'not-found');
    refused(await steward.change(path, { tier: 'open' }), 400, 'unknown-field');
    expect(done(await steward.change(path, { title: { zh: '新名' } })).body.title).to.deep.equal({ zh: '新名' });
    // A condition is answered in one language, and to who may edit it in both.
    const text: { zh: string; en?: string } = { zh: '存储于本市' };
    const half = { kind: 'location', text, evidenceRequired: false };
    const edited = done(await steward.change(path, { conditions: [half, CONDITION] })).body.conditions;
    expect(edited).to.deep.equal(
      [half, CONDITION].map((one) => ({ ...one, text: one.text.en ?? one.text.zh, wording: one.text })),
    );
    done(await steward.command(path, 'list'));
    const [shown] = (await town.anonymous.get(path)).body.conditions;
    expect(shown).to.deep.equal({ ...half, text: half.text.zh });
    const named = { ...half, text: { zh: '仅限临港智行科技有限公司申请' } };
    const { errors } = refused(
      await steward.change(path, { conditions: [CONDITION, named] }),
      422,
      'condition-names-applicant',
    ).body;
    expect(errors[0]).to.include({ pointer: '/conditions/1/text', code: 'names-applicant' });
  });

  promise('`…/commands/{list|suspend|withdraw|restore|propose-tier}` for stewards', async () => {
    const steward = await town.as('steward-transport');
    const { id } = done(await steward.post('/api/datasets', await written()), 201).body;
    const path = `/api/datasets/${id}`;
    const state = async (name: string, body: object = {}) => done(await steward.command(path, name, body)).body.state;
    const allowed = async (by: Account = 'steward-transport') =>
      (await (await town.as(by)).get(path)).body.allowedCommands;
    expect(await allowed()).to.have.members(['edit', 'list', 'withdraw']);
    expect(await state('list')).to.equal('listed');
    expect(await allowed()).to.have.members(['edit', 'suspend', 'withdraw']);
    expect(await allowed('supervisor')).to.deep.equal(['suspend']);
    for (const by of ['steward-health', 'reviewer-transport', 'officer', 'citizen'] as const)
      expect(await allowed(by), by).to.equal(undefined);
    expect((await town.anonymous.get(path)).status).to.equal(200);
    expect((await town.ask(id)).context.reason.code).to.equal('no-grant');
    expect(await state('suspend', { reason: 'Quality' })).to.equal('suspended');
    expect((await town.anonymous.get(path)).body.notices[0]).to.include({ code: 'suspended', text: 'Quality' });
    expect((await town.ask(id)).context.reason.code).to.equal('dataset-suspended');
    expect(await state('restore')).to.equal('listed');
    expect(await state('withdraw', { reason: 'No longer kept' })).to.equal('withdrawn');
    refused(await town.anonymous.get(path), 404, 'not-found');
    expect((await town.ask(id)).context.reason.code).to.equal('dataset-withdrawn');
    refused(await steward.command(path, 'suspend', { reason: 'again' }), 409, 'dataset-state');
    const bare = { identifier: 'BARE', title: { zh: '甲' }, declaredTier: 'conditional' };
    const draft = done(await steward.post('/api/datasets', bare), 201).body.id;
    const gaps = refused(await steward.command(`/api/datasets/${draft}`, 'list'), 422, 'listing-incomplete').body
      .errors;
    expect(gaps.map(({ pointer }: { pointer: string }) => pointer)).to.include.members(['/conditions', '/abstract']);
    const { lacking, allowedCommands } = (await steward.get(`/api/datasets/${draft}`)).body;
    expect(lacking).to.deep.equal(gaps.map(({ pointer }: { pointer: string }) => pointer));
    expect(allowedCommands).to.not.include('list');
  });

  promise('`GET /api/facets`', async () => {
    const { body } = await town.anonymous.get('/api/facets');
    const counted = async (query: string) => (await town.anonymous.get(`/api/datasets?limit=1&${query}`)).body.total;
    expect(body.total).to.equal(await counted(''));
    for (const { code, total, tiers } of body.fields) {
      expect(total, code).to.equal(tiers.open + tiers.conditional + tiers.restricted);
      expect(total, code).to.equal(await counted(`field=${code}`));
    }
    for (const { id, total } of body.publishers) expect(total, id).to.equal(await counted(`publisher=${id}`));
  });

  promise(
    '`GET /api/fields` (12: `economy`, `environment`, `education-science`, `transport`, `society`, `public-security`, `culture-leisure`, `health`, `livelihood`, `institutions`, `urban-construction`, `credit`)',
    async () => {
      const { items } = (await town.anonymous.get('/api/fields')).body;
      expect(items.map(({ code }: { code: string }) => code)).to.deep.equal(FIELDS);
    },
  );

  promise('`GET /api/organisations`', async () => {
    const { items } = (await town.anonymous.get('/api/organisations?limit=100')).body;
    const { publisher } = await first('tier=open');
    expect(items.map(({ id }: { id: string }) => id)).to.include(publisher.id);
    expect(items.map(({ kind }: { kind: string }) => kind))
      .to.not.include('enterprise')
      .and.to.not.include('person');
  });

  promise("which conditions the caller's organisation already meets, what is missing, how long it takes", async () => {
    const handler = await town.as('enterprise-a-handler');
    const rows = (await handler.get('/api/datasets?tier=conditional&field=health&limit=100')).body.items;
    for (const { id } of rows.slice(0, 12)) {
      const { conditions } = (await handler.get(`/api/datasets/${id}`)).body;
      const { met, stated, missing, workingDays } = done(await handler.get(`/api/datasets/${id}/eligibility`)).body;
      expect([...met, ...stated, ...missing]).to.have.deep.members(conditions);
      for (const one of missing) expect(one.evidenceRequired).to.equal(true);
      expect(workingDays.limit).to.be.greaterThan(0);
    }
    refused(await town.anonymous.get(`/api/datasets/${rows[0].id}/eligibility`), 401, 'sign-in-required');
  });

  /** Sends a catalogue and waits for its end. */
  async function imported(file: string, source: string, by: Account = 'admin') {
    const caller = await town.as(by);
    const query = `format=data-json&source=${source}`;
    const sent = await caller.raw('POST', `/api/catalogue/imports?${query}`, file, {
      'content-type': 'application/json',
    });
    const { id } = done(sent, 202).body;
    for (;;) {
      const { body } = done(await caller.get(`/api/catalogue/imports/${id}`), 200);
      expect(body.state).to.be.oneOf(['queued', 'running', 'done', 'failed']);
      if (body.state === 'done' || body.state === 'failed') return body;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  promise(
    'it is rejected only when it cannot be identified, or holds a state secret (then only row number and code are told)',
    async () => {
      const dataset = [
        7,
        { title: 'Nameless', accessLevel: 'public' },
        { identifier: 'ok', title: 'Trees', description: 'd', accessLevel: 'public', publisher: { name: 'Parks' } },
        { identifier: 'ok', title: 'Trees again', accessLevel: 'public' },
        {
          identifier: 'odd',
          title: 'Odd level',
          description: 'd',
          accessLevel: 'PUBLIC',
          publisher: { name: 'Parks' },
        },
        { identifier: 'bare', accessLevel: 'public' },
        {
          identifier: 'hush',
          title: '机密★三年 驻地名录',
          description: 'd',
          accessLevel: 'public',
          publisher: { name: 'Parks' },
        },
      ];
      const report = await imported(JSON.stringify({ dataset }), 'broken');
      expect(report).to.include({ state: 'done', read: 7, created: 3, rejected: 3, duplicates: 1 });
      expect(report.tiers.restricted, 'an unknown code never opens').to.be.greaterThan(0);
      const told = report.issues.filter(({ identifier }: { identifier: string }) => /row 7|hush/.test(identifier));
      expect(told).to.have.length(1);
      expect(told[0]).to.include({ identifier: 'row 7', code: 'state-secret' });
      expect(JSON.stringify(report)).to.not.contain('驻地').and.to.not.contain('hush');
      expect((await (await town.as('admin')).get('/api/datasets?q=驻地名录')).body.total).to.equal(0);
    },
  );

  promise(
    '`{state:"queued"|"running"|"done"|"failed", read, created, updated, unchanged, withdrawn, rejected, tiers:{open,conditional,restricted}, issues:[{identifier, code, detail}]}`',
    async () => {
      for (const [file, code] of [
        ['{"dataset":[{"identifier":"a"', 'malformed-json'],
        ['<html/>', 'malformed-json'],
        ['', 'malformed-json'],
        ['{}', 'no-dataset-list'],
        ['{"dataset":{}}', 'no-dataset-list'],
      ] as const) {
        const report = await imported(file, `cut-${code}`);
        expect(report, file).to.include({ state: 'failed', created: 0 });
        expect(
          report.issues.map((issue: { code: string }) => issue.code),
          file,
        ).to.include(code);
      }
      const caller = await town.as('admin');
      refused(
        await caller.raw('POST', '/api/catalogue/imports?format=xls&source=x', '{}', {
          'content-type': 'application/json',
        }),
        422,
        'unknown-import-format',
      );
      refused(
        await caller.raw('POST', '/api/catalogue/imports?source=x', '{}', { 'content-type': 'application/json' }),
        400,
        'invalid-query',
      );
      const handler = await town.as('enterprise-a-handler');
      refused(await handler.raw('POST', '/api/catalogue/imports?format=data-json&source=x', '{}'), 403, 'forbidden');
    },
  );

  promise('The same file again: 202, everything `unchanged`.', async function (this: Mocha.Context | void) {
    const folder = sharedData('catalogues');
    if (folder === undefined) return skip(this as Mocha.Context, 'no folder ../shared/data beside the repository');
    let created = 0;
    for (const source of ['gsa', 'dol', 'dhs']) {
      const file = readFileSync(`${folder}/${source}.json`, 'utf8');
      const report = await imported(file, source);
      expect(report, source).to.include({ state: 'done', rejected: 0 });
      const { open, conditional, restricted } = report.tiers;
      expect(open + conditional + restricted, source).to.equal(report.read);
      created += report.created;
      const again = await imported(file, source);
      expect(again, source).to.include({ state: 'done', created: 0, updated: 0, withdrawn: 0, unchanged: report.read });
      expect(again.tiers, source).to.deep.equal(report.tiers);
    }
    expect(created).to.equal(1897);
    const officer = await town.as('officer');
    let page = '';
    let judged = 0;
    do {
      const { body } = await officer.get(`/api/datasets?source=gsa&limit=100&pageToken=${page}`);
      for (const { id } of body.items) {
        const { tier, reasons } = (await officer.get(`/api/datasets/${id}`)).body;
        expect(tier).to.be.oneOf(['open', 'conditional', 'restricted']);
        expect(reasons).to.have.length.greaterThan(0);
        judged += 1;
      }
      page = body.nextPageToken;
    } while (page !== '');
    expect(judged).to.equal(339);
  });

  promise('`/data.json`', async () => {
    const plain = await town.anonymous.get('/data.json');
    expect(plain.status).to.equal(200);
    expect((await town.anonymous.get('/api/catalogue/exports/data.json')).text).to.equal(plain.text);
    const levels = new Set(plain.body.dataset.map((one: { accessLevel: string }) => one.accessLevel));
    expect([...levels]).to.have.members(['public', 'restricted public']);
    const report = await imported(plain.text, 'round-trip');
    const counted = async (tier: string) =>
      (await town.anonymous.get(`/api/datasets?limit=1&source=round-trip&tier=${tier}`)).body.total;
    expect(report).to.include({ state: 'done', rejected: 0, created: plain.body.dataset.length });
    expect(report.issues, 'what we write we accept').to.deep.equal([]);
    expect(report.tiers.restricted).to.equal(0);
    expect(await counted('open')).to.equal(report.tiers.open);
  });

  promise("`publisher:{id,name} (an organisation's id)", async () => {
    for (const account of ACCOUNTS.slice(0, 5)) {
      const { publisher } = await first('tier=conditional', account);
      const { body } = await town.anonymous.get(`/api/organisations/${publisher.id}`);
      expect(body.name.en).to.equal(publisher.name);
    }
  });
});
