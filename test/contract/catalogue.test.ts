import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import exceljs from 'exceljs';
import type request from 'supertest';
import { readDataJsonRecord } from '../../src/catalogue/domain/data-json/read-record.js';
import { POD_CODE_MAP } from '../../src/catalogue/domain/data-json/code-map.js';
import { catalogueProblems } from '../../src/kernel/problems/catalogue.js';
import { strictness } from '../../src/kernel/tier.js';
import { answerBytes } from '../support/answer-bytes.js';
import { BODY, CataloguePlatform, entry, file } from '../support/catalogue/platform.js';
import { officialCatalogueSchema } from '../support/catalogue/official-schema.js';
import { backends } from '../support/databases.js';
import { describeWithSharedData } from '../support/skip.js';

const [inMemory] = backends;
if (inMemory === undefined) throw new Error('no backend');
const json = 'application/json';

/** One scene for each code of the chapter. */
const SCENES: Record<keyof typeof catalogueProblems, (platform: CataloguePlatform) => Promise<request.Response>> = {
  'dataset-state': async (platform) => {
    const { id, etag } = await platform.listed();
    return platform.send('steward', 'post', `/api/datasets/${id}/commands/list`, {}, etag);
  },
  'identifier-taken': async (platform) => {
    await platform.draft();
    return platform.send('steward', 'post', '/api/datasets', BODY);
  },
  'listing-incomplete': async (platform) => {
    const { id, etag } = await platform.draft({ declaredTier: 'conditional', abstract: {} });
    return platform.send('steward', 'post', `/api/datasets/${id}/commands/list`, {}, etag);
  },
  'unknown-condition-kind': (platform) =>
    platform.send('steward', 'post', '/api/datasets', {
      ...BODY,
      conditions: [{ kind: 'bribe', text: { zh: '请' }, evidenceRequired: false }],
    }),
  'condition-names-applicant': (platform) =>
    platform.send('steward', 'post', '/api/datasets', {
      ...BODY,
      conditions: [{ kind: 'applicant-kind', text: { zh: '仅限临港智行科技有限公司申请' }, evidenceRequired: false }],
    }),
  'repeated-item': (platform) =>
    platform.send('steward', 'post', '/api/datasets', { ...BODY, items: [BODY.items[0], BODY.items[0]] }),
  'unknown-distribution': (platform) =>
    platform.send('steward', 'post', '/api/datasets', {
      ...BODY,
      distributions: [{ ...BODY.distributions[0], id: '01JD0000000000000000000000' }],
    }),
  'unknown-agreement-template': (platform) =>
    platform.send('steward', 'post', '/api/datasets', { ...BODY, agreementTemplate: '01JD0000000000000000000000' }),
  'unknown-import-format': (platform) =>
    platform.send('admin', 'post', '/api/catalogue/imports?format=xlsx&source=city', {}),
  'unknown-profile': (platform) =>
    platform.send('admin', 'post', '/api/catalogue/imports?format=data-json&source=city&profile=x', {}),
  'import-running': async (platform) => {
    const path = '/api/catalogue/imports?format=data-json&source=city';
    const body = JSON.parse(file(...Array.from({ length: 2_000 }, (_, at) => entry(`n${at}`)))) as object;
    await platform.send('admin', 'post', path, body);
    const second = await platform.send('admin', 'post', path, body);
    await platform.catalogue.importing.settled();
    return second;
  },
  'record-refused': (platform) =>
    platform.send('steward', 'post', '/api/datasets', { ...BODY, title: { zh: '部队位置 绝密★' } }),
};

describe('contract: catalogue', () => {
  let platform: CataloguePlatform;
  beforeEach(async () => {
    platform = await CataloguePlatform.open(inMemory);
  });
  afterEach(() => platform.close());

  for (const [code, scene] of Object.entries(SCENES)) {
    it(`answers ${code}`, async () => {
      const answer = await scene(platform);
      expect(answer.body.code, JSON.stringify(answer.body)).to.equal(code);
      expect(answer.status).to.equal(catalogueProblems[code as keyof typeof catalogueProblems].status);
      expect(answer.headers['content-type']).to.contain('application/problem+json');
    });
  }

  describe('bad bodies of POST /api/datasets', () => {
    const cases: [string, object, string, string][] = [
      ['an unknown member', { owner: 'me' }, '/owner', 'unknown-field'],
      ['a member the server owns', { tier: 'open' }, '/tier', 'unknown-field'],
      ['the tier of an item', { items: [{ ...BODY.items[0], tier: 'open' }] }, '/items/0/tier', 'unknown-field'],
      ['a list for a text', { identifier: ['a'] }, '/identifier', 'is-string'],
      ['a blank at the end of an identifier', { identifier: 'a ' }, '/identifier', 'matches'],
      ['a NUL in an identifier', { identifier: 'a\u0000b' }, '/identifier', 'nul-character'],
      ['an unknown field', { field: 'space' }, '/field', 'is-in'],
      ['a wrong case', { declaredTier: 'Open' }, '/declaredTier', 'is-in'],
      ['a day that does not exist', { lastUpdated: '2026-02-30' }, '/lastUpdated', 'is-day'],
      [
        'an address that runs',
        { distributions: [{ ...BODY.distributions[0], url: 'javascript:alert(1)' }] },
        '/distributions/0/url',
        'matches',
      ],
      [
        'another server by //',
        { distributions: [{ ...BODY.distributions[0], url: '//evil.example' }] },
        '/distributions/0/url',
        'matches',
      ],
      ['a number for a text', { title: { zh: 7 } }, '/title/zh', 'is-string'],
      ['a text too long', { title: { zh: '长'.repeat(501) } }, '/title/zh', 'is-length'],
      ['too many items', { items: Array.from({ length: 2_001 }, () => ({})) }, '/items', 'array-max-size'],
      [
        'a condition that says nothing',
        { conditions: [{ kind: 'scenario', text: { zh: ' \u3000' }, evidenceRequired: false }] },
        '/conditions/0/text',
        'has-words',
      ],
      [
        'a condition whose evidence is a word',
        { conditions: [{ kind: 'scenario', evidenceRequired: 'no' }] },
        '/conditions/0/evidenceRequired',
        'is-boolean',
      ],
    ];
    for (const [what, more, pointer, code] of cases) {
      it(`names ${what}`, async () => {
        const { body, status } = await platform.send('steward', 'post', '/api/datasets', { ...BODY, ...more });
        expect(status).to.equal(400);
        expect(body.errors.map((one: { pointer: string; code: string }) => `${one.pointer} ${one.code}`)).to.include(
          `${pointer} ${code}`,
        );
        expect(body.remedy ?? '').to.be.a('string');
      });
    }
    it('names a key that comes twice, broken JSON, and bytes that are not UTF-8', async () => {
      const post = (body: string | Buffer) => platform.raw('steward', '/api/datasets', body);
      expect((await post('{"identifier":"a","identifier":"b"}')).body.code).to.equal('duplicate-key');
      expect((await post('{"identifier":')).body.code).to.equal('malformed-json');
      expect((await post(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]))).body.code).to.be.oneOf([
        'bad-encoding',
        'malformed-json',
      ]);
      expect((await post(`{"title":{"zh":"${'x'.repeat(1_100_000)}"}}`)).body.code).to.equal('too-large');
    });
  });

  describe('bad queries of GET /api/datasets', () => {
    for (const [query, pointer] of [
      ['limit=0', '?limit'],
      ['limit=101', '?limit'],
      ['limit=x', '?limit'],
      ['q=a&q=b', '?q'],
      [`q=${'x'.repeat(201)}`, '?q'],
      ['q=%00', '?q'],
      ['field=space', '?field'],
      ['field=transport,space', '?field'],
      ['tier=Open', '?tier'],
      ['updatedSince=yesterday', '?updatedSince'],
      ['updatedSince=2026-02-30', '?updatedSince'],
      ['updatedSince=2026-02-30T00:00:00Z', '?updatedSince'],
      ['color=red', '?color'],
    ] as const) {
      it(`names ?${query.slice(0, 40)}`, async () => {
        const { body, status } = await platform.get('', `/api/datasets?${query}`);
        expect(status).to.equal(400);
        expect(body.code).to.equal('invalid-query');
        expect(body.errors[0].pointer).to.equal(pointer);
      });
    }
    for (const token of [
      'x',
      '%22',
      'W10',
      Buffer.from('[1,2,3]').toString('base64url'),
      Buffer.from('[{}]').toString('base64url'),
    ]) {
      it(`refuses the page token ${token}`, async () => {
        const { body } = await platform.get('', `/api/datasets?pageToken=${token}`);
        expect(body.code).to.equal('invalid-page-token');
      });
    }
  });

  describe('who sees what', () => {
    it('shows nothing of a draft or a restricted record to others: same answer as for an id that is not there', async () => {
      const draft = await platform.draft({ identifier: 'd' });
      const secret = await platform.listed({ identifier: 's', declaredTier: 'restricted' });
      const absent = await platform.get('handler', '/api/datasets/01JD0000000000000000000000');
      for (const { id } of [draft, secret]) {
        for (const who of ['', 'handler', 'steward-health']) {
          const answer = await platform.get(who, `/api/datasets/${id}`);
          expect(answer.status).to.equal(404);
          expect({ ...answer.body, instance: '' }).to.deep.equal({ ...absent.body, instance: '' });
          const act = await platform.send(who, 'post', `/api/datasets/${id}/commands/withdraw`, { reason: 'x' }, '"1"');
          expect(act.status).to.equal(404);
        }
        expect((await platform.get('steward', `/api/datasets/${id}`)).status).to.equal(200);
      }
      expect((await platform.get('', '/api/datasets')).body.total).to.equal(0);
      expect((await platform.get('', '/api/facets')).body.total).to.equal(0);
      expect((await platform.get('steward', '/api/datasets')).body.total).to.equal(2);
    });
    it('redacts a restricted record that its publisher lists', async () => {
      const { id } = await platform.listed({ declaredTier: 'restricted', listedWhenRestricted: true });
      const { body } = await platform.get('', `/api/datasets/${id}`);
      expect(body).to.include({ tier: 'restricted', redacted: true });
      expect(body.title).to.deep.equal(BODY.title);
      for (const member of ['abstract', 'identifier', 'keywords', 'declaredTier', 'legalBasis', 'agreement'])
        expect(body).not.to.have.property(member);
      for (const member of ['items', 'distributions', 'conditions', 'reasons']) expect(body[member]).to.deep.equal([]);
      expect((await platform.get('', `/api/datasets?q=${encodeURIComponent('行政区')}`)).body.total).to.equal(0);
      expect((await platform.get('', `/api/datasets?q=${encodeURIComponent('公园')}`)).body.items).to.have.length(1);
    });
    it('gives addresses of the data only where the caller may have it', async () => {
      const open = await platform.listed({ identifier: 'o' });
      expect((await platform.get('', `/api/datasets/${open.id}`)).body.distributions[0].url).to.equal(
        BODY.distributions[0]?.url,
      );
      const closed = await platform.listed({
        identifier: 'c',
        declaredTier: 'conditional',
        conditions: [{ kind: 'scenario', text: { zh: '说明场景' }, evidenceRequired: false }],
        agreementTemplate: await template(platform),
      });
      expect((await platform.get('handler', `/api/datasets/${closed.id}`)).body.distributions[0]).not.to.have.property(
        'url',
      );
      const stopped = await platform.send(
        'supervisor',
        'post',
        `/api/datasets/${open.id}/commands/suspend`,
        { reason: 'check' },
        open.etag,
      );
      expect(stopped.status).to.equal(200);
      expect((await platform.get('', `/api/datasets/${open.id}`)).body.distributions[0]).not.to.have.property('url');
    });
    it('lets only the own body act', async () => {
      const { id, etag } = await platform.listed();
      const other = await platform.send('steward-health', 'patch', `/api/datasets/${id}`, { keywords: [] }, etag);
      expect(other.body.code).to.equal('forbidden');
      const supervisor = await platform.send(
        'supervisor',
        'post',
        `/api/datasets/${id}/commands/withdraw`,
        { reason: 'x' },
        etag,
      );
      expect(supervisor.body.code).to.equal('forbidden');
    });
  });

  it('answers in the caller’s language, with reasons and their source', async () => {
    const { id } = await platform.listed();
    const zh = (await platform.get('', `/api/datasets/${id}`).set('accept-language', 'zh-CN')).body;
    const en = (await platform.get('', `/api/datasets/${id}`).set('accept-language', 'en')).body;
    expect(zh.publisher.name).to.equal('交通委');
    expect(en.publisher.name).to.equal('Transport commission');
    expect(zh.reasons.length).to.be.at.least(1);
    expect(zh.reasons[0]).to.have.all.keys('rule', 'text', 'source', 'verified');
    expect(en.reasons[0].rule).to.equal(zh.reasons[0].rule);
  });

  it('edits with If-Match only, judges anew, and keeps what is not named', async () => {
    const { id, etag } = await platform.listed();
    const path = `/api/datasets/${id}`;
    expect((await platform.send('steward', 'patch', path, {})).status).to.equal(428);
    expect((await platform.send('steward', 'patch', path, {}, '"9"')).status).to.equal(412);
    const edited = await platform.send(
      'steward',
      'patch',
      path,
      { items: [{ name: '身份证号', title: { zh: '身份证号' }, type: 'string' }] },
      etag,
    );
    expect(edited.body, JSON.stringify(edited.body)).to.include({ tier: 'restricted', etag: '"3"' });
    expect(edited.body.title).to.deep.equal(BODY.title);
    expect((await platform.get('', path)).status, 'raised at once').to.equal(404);
    const back = await platform.send('steward', 'patch', path, { items: BODY.items }, '"3"');
    expect(back.body, 'only a person lowers').to.include({ tier: 'restricted', tierStatus: 'pending-review' });
  });

  it('keeps a listed record complete, whatever an edit would take away; a draft may hold anything', async () => {
    const terms = {
      declaredTier: 'conditional',
      conditions: [{ kind: 'scenario', text: { zh: '说明场景' }, evidenceRequired: false }],
      agreementTemplate: await template(platform),
    };
    const { id, etag } = await platform.listed(terms);
    const path = `/api/datasets/${id}`;
    for (const [taken, pointer] of [
      [{ title: {} }, '/title'],
      [{ abstract: {} }, '/abstract'],
      [{ field: null }, '/field'],
      [{ updateFrequency: null }, '/updateFrequency'],
      [{ conditions: [] }, '/conditions'],
      [{ agreementTemplate: null }, '/agreementTemplate'],
      [{ deliveryKinds: [] }, '/deliveryKinds'],
      [{ sharingTier: 'conditional' }, '/sharingCondition'],
      [{ sharingTier: 'not-shared' }, '/legalBasis'],
    ] as const) {
      const { body } = await platform.send('steward', 'patch', path, taken, etag);
      expect(body.code, pointer).to.equal('listing-incomplete');
      expect(body.errors.map((one: { pointer: string }) => one.pointer)).to.deep.equal([pointer]);
    }
    const draft = await platform.draft({ ...terms, identifier: 'd' });
    const emptied = await platform.send(
      'steward',
      'patch',
      `/api/datasets/${draft.id}`,
      { conditions: [] },
      draft.etag,
    );
    expect(emptied.status).to.equal(200);
  });

  it('keeps the ids of distributions that an edit names, and none twice', async () => {
    const { id, etag, distributions } = await platform.listed();
    const path = `/api/datasets/${id}`;
    const [first] = distributions;
    const written = { title: { zh: '改名' }, format: 'CSV', kind: 'file', url: 'https://files.example.org/b.csv' };
    const twice = [
      { ...written, id: first.id },
      { ...written, id: first.id },
    ];
    expect((await platform.send('steward', 'patch', path, { distributions: twice }, etag)).body).to.deep.include({
      code: 'unknown-distribution',
      errors: [{ pointer: '/distributions/1/id', code: 'repeated', detail: 'is named twice' }],
    });
    const edited = await platform.send(
      'steward',
      'patch',
      path,
      { distributions: [written, { ...written, id: first.id }] },
      etag,
    );
    const ids = edited.body.distributions.map((one: { id: string }) => one.id);
    expect(ids).to.have.length(2).and.to.include(first.id);
    expect(ids[0]).not.to.equal(first.id);
  });

  it('lets the supervisor stop and restart, not bring back what its publisher withdrew', async () => {
    const { id, etag } = await platform.listed();
    const act = (who: string, name: string, tag: string) =>
      platform.send(
        who,
        'post',
        `/api/datasets/${id}/commands/${name}`,
        name === 'restore' ? {} : { reason: 'x' },
        tag,
      );
    const suspended = await act('supervisor', 'suspend', etag);
    const restored = await act('supervisor', 'restore', suspended.body.etag);
    expect([suspended.status, restored.status]).to.deep.equal([200, 200]);
    const withdrawn = await act('steward', 'withdraw', restored.body.etag);
    expect((await act('supervisor', 'restore', withdrawn.body.etag)).body.code).to.equal('forbidden');
    expect((await act('steward', 'restore', withdrawn.body.etag)).status).to.equal(200);
  });

  it('shows a sample and a data dictionary to everyone who sees the record, whatever the tier of the data', async () => {
    const documents = [
      { kind: 'sample', title: { zh: '样例数据' }, url: 'https://files.example.org/sample.csv' },
      { kind: 'data-dictionary', title: { zh: '数据字典', en: 'Data dictionary' }, url: '/docs/parks.html' },
    ];
    const { id, etag } = await platform.listed({
      declaredTier: 'conditional',
      conditions: [{ kind: 'scenario', text: { zh: '说明场景' }, evidenceRequired: false }],
      agreementTemplate: await template(platform),
      documents,
    });
    expect((await platform.get('', `/api/datasets/${id}`)).body.documents).to.deep.equal(documents);
    const hidden = await platform.listed({
      identifier: 's',
      declaredTier: 'restricted',
      listedWhenRestricted: true,
      documents,
    });
    expect((await platform.get('', `/api/datasets/${hidden.id}`)).body.documents).to.deep.equal([]);
    for (const [wrong, pointer] of [
      [{ ...documents[0], kind: 'data' }, '/documents/0/kind'],
      [{ ...documents[0], url: 'javascript:alert(1)' }, '/documents/0/url'],
      [{ ...documents[0], url: undefined }, '/documents/0/url'],
    ] as const) {
      const { status, body } = await platform.send(
        'steward',
        'patch',
        `/api/datasets/${id}`,
        { documents: [wrong] },
        etag,
      );
      expect([status, body.errors[0].pointer]).to.deep.equal([400, pointer]);
    }
    const without = await platform.send('steward', 'patch', `/api/datasets/${id}`, { documents: [] }, etag);
    expect(without.body.documents).to.deep.equal([]);
  });

  it('publishes no agreement without words', async () => {
    for (const body of [
      { title: {}, text: { zh: '第一条' } },
      { title: { zh: '协议' }, text: { zh: ' \n ' } },
    ]) {
      const answer = await platform.send('admin', 'post', '/api/agreements', body);
      expect([answer.status, answer.body.errors[0].code]).to.deep.equal([400, 'has-words']);
    }
  });

  it('holds a record to the level its publisher states', async () => {
    const { id, etag } = await platform.listed({ securityLevel: 'L1' });
    expect((await platform.get('', `/api/datasets/${id}`)).body).to.include({ securityLevel: 'L1', tier: 'open' });
    const graded = await platform.send('steward', 'patch', `/api/datasets/${id}`, { securityLevel: 'L4' }, etag);
    expect(graded.body).to.include({ securityLevel: 'L4', tier: 'restricted', tierStatus: 'pending-review' });
    expect(graded.body.reasons.map(({ rule }: { rule: string }) => rule)).to.include('level-restricted');
    const unknown = await platform.send(
      'steward',
      'patch',
      `/api/datasets/${id}`,
      { securityLevel: 'L9' },
      graded.body.etag,
    );
    expect([unknown.status, unknown.body.errors[0].pointer]).to.deep.equal([400, '/securityLevel']);
  });

  it('counts facets, and names fields and kinds of conditions', async () => {
    await platform.listed();
    const facets = (await platform.get('', '/api/facets?tier=open,conditional')).body;
    expect(facets.tiers).to.deep.equal({ open: 1, conditional: 0, restricted: 0 });
    expect(facets.fields.find((one: { code: string }) => one.code === 'environment')).to.deep.equal({
      code: 'environment',
      total: 1,
      tiers: { open: 1, conditional: 0, restricted: 0 },
    });
    expect(facets.publishers).to.deep.equal([{ id: 'transport', name: 'Transport commission', total: 1 }]);
    expect((await platform.get('', '/api/fields')).body.items).to.have.length(12);
    expect((await platform.get('', '/api/condition-kinds')).body.items.length).to.be.at.least(12);
  });

  it('tells an applicant what a dataset takes', async () => {
    const conditions = [
      { kind: 'verified-identity', text: { zh: '实名认证' }, evidenceRequired: false },
      { kind: 'scenario', text: { zh: '说明场景' }, evidenceRequired: false },
      { kind: 'mlps-filing', text: { zh: '等保备案' }, evidenceRequired: true },
    ];
    const { id } = await platform.listed({
      declaredTier: 'conditional',
      conditions,
      agreementTemplate: await template(platform),
    });
    const { body } = await platform.get('handler', `/api/datasets/${id}/eligibility`);
    const kinds = (list: { kind: string }[]) => list.map(({ kind }) => kind);
    expect(kinds(body.met)).to.deep.equal(['verified-identity']);
    expect(kinds(body.stated)).to.deep.equal(['scenario']);
    expect(kinds(body.missing)).to.deep.equal(['mlps-filing']);
    expect(body.workingDays).to.deep.equal({ limit: 15, median: null });
    expect(body).to.include({ dataset: id, eligible: true });
  });

  describe('imports over HTTP', () => {
    const path = '/api/catalogue/imports?format=data-json&source=city';
    const post = (body: string | Buffer, type = json) => platform.raw('admin', path, body, type);

    it('answer 202, then tell how far they are', async () => {
      const started = await post(file(entry('a'), entry('b', { accessLevel: 'Public' })));
      expect(started.status).to.equal(202);
      expect(started.headers['location']).to.equal(`/api/catalogue/imports/${started.body.id}`);
      await platform.catalogue.importing.settled();
      const { body } = await platform.get('admin', `/api/catalogue/imports/${started.body.id}`);
      expect(body).to.deep.include({
        state: 'done',
        read: 2,
        created: 2,
        updated: 0,
        unchanged: 0,
        withdrawn: 0,
        rejected: 0,
        tiers: { open: 1, conditional: 0, restricted: 1 },
      });
      expect(
        body.issues.map((one: { identifier: string; code: string }) => `${one.identifier} ${one.code}`),
      ).to.include('b code-unknown');
    });
    it('end failed for a broken file, with the place', async () => {
      for (const [body, code] of [
        ['{"dataset":[{"identifier":"a"', 'malformed-json'],
        ['[]', 'no-dataset-list'],
        [Buffer.from('{"dataset":[]}', 'utf16le'), 'bad-encoding'],
        [gzipSync('{"dataset":[]}'), 'compressed-file'],
        ['{"other":[]}', 'no-dataset-list'],
        [Buffer.from([...Buffer.from('{"dataset":["'), 0xff, ...Buffer.from('"]}')]), 'bad-encoding'],
        ['', 'malformed-json'],
      ] as const) {
        const started = await post(body);
        await platform.catalogue.importing.settled();
        const run = (await platform.get('admin', `/api/catalogue/imports/${started.body.id}`)).body;
        expect(run.state).to.equal('failed');
        expect(run.failure.code).to.equal(code);
        expect(run.issues.at(-1).code).to.equal(code);
        const inChinese = (
          await platform.get('admin', `/api/catalogue/imports/${started.body.id}`).set('accept-language', 'zh')
        ).body;
        for (const [{ remedies }, words] of [
          [run, /[a-z]/],
          [inChinese, /\p{Script=Han}/u],
        ] as const)
          expect(remedies).to.have.length(1).and.to.have.nested.property('[0].text').that.matches(words);
      }
    });
    it('refuse another content type, a source of ours, and parameters that are missing', async () => {
      expect((await post('x', 'text/csv')).body.code).to.equal('unsupported-content-type');
      for (const query of [
        'format=data-json',
        'source=city',
        'format=data-json&source=local',
        'format=data-json&source=City',
        'format=data-json&source=../x',
      ])
        expect((await platform.send('admin', 'post', `/api/catalogue/imports?${query}`, {})).body.code).to.equal(
          'invalid-query',
        );
    });
    it('know no import that is not there', async () => {
      expect((await platform.get('admin', '/api/catalogue/imports/01JD0000000000000000000000')).status).to.equal(404);
    });
  });

  it('exports nothing that the public may not see, the same bytes each time', async () => {
    await platform.listed({ identifier: 'o' });
    await platform.listed({ identifier: 's', declaredTier: 'restricted', listedWhenRestricted: true });
    await platform.draft({ identifier: 'd' });
    await platform.listed({
      identifier: 'c',
      declaredTier: 'conditional',
      conditions: [{ kind: 'scenario', text: { zh: '说明场景' }, evidenceRequired: false }],
      agreementTemplate: await template(platform),
    });
    const first = await platform.get('', '/data.json');
    const { dataset } = JSON.parse(first.text) as {
      dataset: { identifier: string; accessLevel: string; distribution: object[] }[];
    };
    expect(dataset.map(({ identifier, accessLevel }) => [identifier, accessLevel])).to.deep.equal([
      ['c', 'restricted public'],
      ['o', 'public'],
    ]);
    expect(JSON.stringify(dataset[0])).not.to.contain('files.example.org');
    expect((await platform.get('', '/api/catalogue/exports/data.json')).text).to.equal(first.text);
    const unchanged = await platform.get('', '/data.json').set('if-none-match', first.headers['etag'] as string);
    expect(unchanged.status).to.equal(304);
    expect((await platform.get('', '/api/catalogue/exports/other.json')).status).to.equal(404);
  });

  it('gives the opening list as a workbook: scope, type, conditions and frequency, in the caller’s language', async () => {
    await platform.listed({ identifier: 'o' });
    await platform.listed({
      identifier: 'c',
      declaredTier: 'conditional',
      conditions: [{ kind: 'scenario', text: { zh: '说明场景' }, evidenceRequired: false }],
      agreementTemplate: await template(platform),
    });
    await platform.draft({ identifier: 'd' });
    const rowsIn = async (language: string): Promise<string[][]> => {
      const call = platform.get('', '/api/catalogue/exports/opening-list.xlsx').set('accept-language', language);
      const { body, headers } = await call.buffer().parse(answerBytes);
      expect(headers['content-type']).to.include('spreadsheetml');
      const book = new exceljs.Workbook();
      await book.xlsx.load(body);
      const rows: string[][] = [];
      book.worksheets[0]?.eachRow((row) => rows.push(Array.from({ length: 11 }, (_, at) => row.getCell(at + 1).text)));
      return rows;
    };
    const [heading, ...rows] = await rowsIn('zh-CN');
    expect(heading?.[6]).to.equal('开放类型\nOpening type');
    expect(rows.map((row) => [row[1], row[6], row[7]])).to.deep.equal([
      ['c', '有条件开放', '说明场景'],
      ['o', '无条件开放', ''],
    ]);
    expect(rows[1]?.slice(4, 6)).to.deep.equal(['资源环境', '公园名称；行政区']);
    expect(rows[1]?.slice(9)).to.deep.equal(['每年', '2026-01-31']);
    expect((await rowsIn('en'))[1]?.slice(6)).to.deep.equal([
      'Conditionally open',
      '说明场景',
      'download',
      'yearly',
      '2026-01-31',
    ]);
  });

  describeWithSharedData('with the real catalogues', (path) => {
    it('exports what the official schema accepts; importing that again weakens no tier', async function () {
      this.timeout(60_000);
      for (const source of ['dhs', 'dol', 'gsa'])
        await platform.import(readFileSync(path('catalogues', `${source}.json`)), source);
      await platform.listed({ abstract: { en: 'Parks' } });
      await platform.listed({
        identifier: 'api',
        keywords: [],
        distributions: [{ title: { zh: '接口' }, format: 'API', kind: 'api', url: '/gateway/parks' }],
      });
      const { text } = await platform.get('', '/data.json');
      const validate = officialCatalogueSchema(path('schemas', 'pod-1.1'));
      const catalogue = JSON.parse(text) as { dataset: { identifier: string }[] };
      expect(validate(catalogue), JSON.stringify(validate.errors?.slice(0, 3))).to.equal(true);
      const identifiers = catalogue.dataset.map(({ identifier }) => identifier);
      expect(new Set(identifiers).size).to.equal(identifiers.length);
      const records = await platform.test.unit.read((reader) => platform.catalogue.datasets.scan(reader, '', 10_000));
      const before = new Map(records.map((record) => [record.identifier, record.tier]));
      for (const one of catalogue.dataset) {
        const read = readDataJsonRecord(one, POD_CODE_MAP).record;
        const tier = before.get(one.identifier);
        if (tier !== undefined) expect(strictness(read?.declaredTier ?? 'restricted')).to.be.at.least(strictness(tier));
      }
      expect(identifiers.length).to.equal(records.filter((one) => one.tier !== 'restricted').length);
    });
    it('gives back what came in: every member of every public record, the data of conditional ones held back', async function () {
      this.timeout(60_000);
      const sent = new Map<string, Record<string, unknown>>();
      for (const source of ['dhs', 'dol', 'gsa']) {
        const bytes = readFileSync(path('catalogues', `${source}.json`));
        await platform.import(bytes, source);
        const { dataset } = JSON.parse(bytes.toString()) as { dataset: Record<string, unknown>[] };
        for (const one of dataset) sent.set(one['identifier'] as string, one);
      }
      const { dataset } = JSON.parse((await platform.get('', '/data.json')).text) as {
        dataset: Record<string, unknown>[];
      };
      let compared = 0;
      for (const { '@type': _, ...given } of dataset) {
        const came = sent.get(given['identifier'] as string);
        if (came === undefined) continue;
        compared += 1;
        const { '@type': _type, ...stated } = came;
        const open = given['accessLevel'] === 'public';
        const picked = (...keys: string[]) =>
          Object.fromEntries(keys.filter((key) => key in given).map((key) => [key, given[key]]));
        const held = open ? {} : picked('landingPage', 'accessLevel');
        const wanted = { ...picked('landingPage', 'language', 'rights'), ...withoutNull(stated), ...held };
        if (!open) expect(JSON.stringify(given['distribution'] ?? [])).not.to.match(/downloadURL|dol\.gov/);
        const apart = (record: object) => ({ ...record, distribution: undefined });
        expect(apart(given), given['identifier'] as string).to.deep.equal(apart(wanted));
        if (open) expect(given['distribution'], given['identifier'] as string).to.deep.equal(stated['distribution']);
      }
      expect(compared).to.equal(1_565);
    });
    it('reports the contradictions of the three files, each as often as it is there', async function () {
      this.timeout(60_000);
      const expected = { dhs: [4, 0], dol: [4, 0], gsa: [17, 14] } as const;
      for (const [source, [distributions, urls]] of Object.entries(expected)) {
        const run = await platform.import(readFileSync(path('catalogues', `${source}.json`)), source);
        const issues = await platform.issues(run.id);
        const count = (code: string) => issues.filter((issue) => issue.code === code).length;
        expect([count('contradiction-distributions'), count('contradiction-download-url')], source).to.deep.equal([
          distributions,
          urls,
        ]);
      }
    });
  });
});

async function template(platform: CataloguePlatform): Promise<string> {
  const { body } = await platform.send('admin', 'post', '/api/agreements', {
    title: { zh: '协议' },
    text: { zh: '第一条' },
  });
  return body.template;
}

const withoutNull = (record: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null));
