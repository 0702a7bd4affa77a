import { expect } from 'chai';
import { catalogueProblems } from '../../src/kernel/problems/catalogue.js';
import { BODY, CataloguePlatform } from '../support/catalogue/platform.js';
import { SCENES } from '../support/catalogue/scenes.js';
import { backends } from '../support/databases.js';

const [inMemory] = backends;
if (inMemory === undefined) throw new Error('no backend');

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
      ['state=gone', '?state'],
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
        agreementTemplate: await platform.template(),
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
      agreementTemplate: await platform.template(),
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

  it('keeps what an edit of a distribution does not name', async () => {
    const file = { title: { zh: '名录' }, format: 'CSV', kind: 'file', url: 'https://files.example.org/a.csv' };
    const draft = await platform.draft({ distributions: [{ ...file, mediaType: 'text/csv' }] });
    const { id: only } = draft.distributions[0];
    const stored = async () => {
      const record = await platform.test.unit.read((reader) => platform.catalogue.datasets.find(reader, draft.id));
      const [{ mediaType, direct, title } = {}] = record?.distributions ?? [];
      return [mediaType, direct, title];
    };
    let etag = draft.etag as string;
    const edit = async (more: object) => {
      const body = { distributions: [{ ...file, id: only, ...more }] };
      const answer = await platform.send('steward', 'patch', `/api/datasets/${draft.id}`, body, etag);
      expect(answer.status, JSON.stringify(answer.body)).to.equal(200);
      etag = answer.body.etag;
    };
    await edit({ title: { zh: '改名' } });
    expect(await stored()).to.deep.equal(['text/csv', true, { zh: '改名' }]);
    await edit({ format: 'XML', url: null });
    expect(await stored(), 'another format is of another media type').to.deep.equal([null, false, { zh: '名录' }]);
  });

  it('finds records by their state, as far as the caller sees them', async () => {
    await platform.draft({ identifier: 'one' });
    const away = await platform.draft({ identifier: 'two' });
    const path = `/api/datasets/${away.id}`;
    const put = await platform.send('steward', 'post', `${path}/commands/withdraw`, { reason: 'x' }, away.etag);
    expect(put.status).to.equal(200);
    await platform.listed({ identifier: 'three' });
    const found = async (who: string, query: string) =>
      (await platform.get(who, `/api/datasets?${query}`)).body.items.map(
        (one: { identifier: string }) => one.identifier,
      );
    expect(await found('steward', 'state=draft')).to.deep.equal(['one']);
    expect(await found('steward', 'state=draft,withdrawn')).to.have.members(['one', 'two']);
    for (const who of ['', 'steward-health', 'handler'])
      expect(await found(who, 'state=draft,suspended,withdrawn'), who).to.deep.equal([]);
    const counts = async (who: string) => (await platform.get(who, '/api/facets?state=listed')).body.states;
    expect(await counts('steward')).to.deep.equal({ draft: 1, listed: 1, suspended: 0, withdrawn: 1 });
    expect(await counts('')).to.deep.equal({ draft: 0, listed: 1, suspended: 0, withdrawn: 0 });
  });

  it('tells why data rests in the reader’s language, where its publisher wrote both', async () => {
    const { id, etag } = await platform.listed();
    const path = `/api/datasets/${id}`;
    const suspend = (body: object, tag: string) =>
      platform.send('steward', 'post', `${path}/commands/suspend`, body, tag);
    const told = async () =>
      Promise.all(
        ['zh-CN', 'en'].map(async (language) => {
          const { body } = await platform.get('', path).set('accept-language', language);
          return body.notices[0].text as string;
        }),
      );
    const both = { zh: '数据有误', en: 'Wrong figures' };
    const blank = await suspend({ reason: 'x', wording: { zh: ' ' } }, etag);
    expect([blank.status, blank.body.errors?.[0].pointer]).to.deep.equal([400, '/wording']);
    expect((await suspend({ reason: both.zh, wording: both }, etag)).status).to.equal(200);
    expect(await told()).to.deep.equal([both.zh, both.en]);
    const again = await platform.send('steward', 'post', `${path}/commands/restore`, {}, '"3"');
    await suspend({ reason: 'Only in English' }, again.body.etag);
    expect(await told()).to.deep.equal(['Only in English', 'Only in English']);
  });

  it('names the field of an identifier that is taken', async () => {
    await platform.draft();
    const { body } = await platform.send('steward', 'post', '/api/datasets', BODY);
    expect(body.errors[0]).to.include({ pointer: '/identifier', code: 'taken' });
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
      agreementTemplate: await platform.template(),
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
      agreementTemplate: await platform.template(),
    });
    const { body } = await platform.get('handler', `/api/datasets/${id}/eligibility`);
    const kinds = (list: { kind: string }[]) => list.map(({ kind }) => kind);
    expect(kinds(body.met)).to.deep.equal(['verified-identity']);
    expect(kinds(body.stated)).to.deep.equal(['scenario']);
    expect(kinds(body.missing)).to.deep.equal(['mlps-filing']);
    expect(body.workingDays).to.deep.equal({ limit: 15, median: null });
    expect(body).to.include({ dataset: id, eligible: true });
  });

  it('matches the kinds of applicants that a condition names', async () => {
    const about = { text: { zh: '申请主体类型' }, evidenceRequired: false };
    const agreementTemplate = await platform.template();
    const eligibility = async (applicants: readonly string[]) => {
      const conditions = [{ kind: 'applicant-kind', ...about, applicants }];
      const identifier = `matched-${applicants.join('-')}`;
      const { id } = await platform.listed({ identifier, declaredTier: 'conditional', conditions, agreementTemplate });
      const { body } = await platform.get('handler', `/api/datasets/${id}/eligibility`);
      return [body.met.length, body.stated.length, body.unmet.map((one: object) => ({ ...one }))];
    };
    expect(await eligibility(['enterprise', 'person'])).to.deep.equal([1, 0, []]);
    const unmet = { kind: 'applicant-kind', text: '申请主体类型', evidenceRequired: false, applicants: ['person'] };
    expect(await eligibility(['person'])).to.deep.equal([0, 0, [unmet]]);
  });
});
