import { registered } from '../support/register-parts.js';
import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import { SYSTEM } from '../../src/kernel/principal.js';
import { ok } from '../../src/kernel/result.js';
import type { ProceedingKind } from '../../src/kernel/proceeding.js';
import type { Ruling } from '../../src/kernel/ruling.js';
import { dayOf, startOfDay } from '../../src/kernel/time.js';
import { quarterOf } from '../../src/register/domain/quarter.js';
import { complaintStatisticsOf } from '../../src/register/domain/statistics.js';
import { RegisterReadings } from '../../src/register/register-readings.js';
import type { Complaint } from '../../src/supervision/index.js';
import { type Answer, Caller } from '../support/caller.js';
import { Cases, fine, type Name } from '../support/cases.js';
import { backends } from '../support/databases.js';
import { dayBefore, plant, type Planted, quarterBefore } from '../support/register-planting.js';
import { printedPages, printedText } from '../support/read-pdf.js';
import { type OpenApp, openApp } from '../support/server.js';

describe('contract: the public register and the statistics', function () {
  this.timeout(240_000);
  const today = dayOf(Date.now());
  const [last, earlier] = [quarterBefore(today, 1), quarterBefore(today, 2)];
  let opened: OpenApp;
  let cases: Cases;
  let visitor: Caller;
  let transport: string;
  let health: string;
  before(async () => {
    opened = await openApp(backends[0] as never, { seeded: true });
    cases = await Cases.open(await opened.listen());
    visitor = cases.as('anonymous');
    const organisationOf = async (name: 'reviewer-transport' | 'reviewer-health'): Promise<string> =>
      (await cases.as(name).get('/api/me')).body.organisation.id;
    [transport, health] = [await organisationOf('reviewer-transport'), await organisationOf('reviewer-health')];
    const [roads = '', buses = ''] = cases.datasets;
    const ofTransport = { holder: transport, field: 'transport' } as const;
    const recordedOn = dayBefore(today, 1);
    const onRecord = (kind: ProceedingKind) =>
      ({ proceedings: [{ kind, recordedOn, outcome: 'upheld', endedOn: recordedOn }] }) as const;
    await plant(opened.app, [
      { ...ofTransport, dataset: roads, applicants: 8, ruledOn: dayBefore(today, 1) },
      {
        ...ofTransport,
        dataset: buses,
        applicants: 3,
        ruledOn: dayBefore(today, 1),
        more: { late: true, days: 30, ...onRecord('reconsideration') },
      },
      {
        ...ofTransport,
        dataset: 'withdrawn',
        applicants: 6,
        ruledOn: dayBefore(today, 2),
        more: onRecord('litigation'),
      },
      { holder: health, field: 'health', dataset: 'clinics', applicants: 4, ruledOn: dayBefore(today, 1) },
    ]);
    await opened.app.slices.register.keeper.letTimeAct(opened.app.unit);
  });
  after(() => opened.close());

  const read = async (search = ''): Promise<Answer['body']> =>
    fine(await visitor.get(`/api/register?limit=100${search}`)).body;

  it('tells everyone of rulings of quarters that are over, with as much as groups of applicants share', async () => {
    const body = await read();
    expect(body).to.include({ upTo: last, leastApplicants: 5, nextPageToken: '' });
    const [roads = ''] = cases.datasets;
    const named = body.items.filter(({ dataset }: { dataset: { id: string } | null }) => dataset?.id === roads);
    expect(named).to.have.length(8);
    expect(named[0]).to.deep.include({ quarter: last, tier: 'conditional', field: 'transport', purpose: 'research' });
    expect(named[0].holder.name.zh).to.be.a('string');
    const refused = named.find(({ outcome }: { outcome: string }) => outcome === 'refused');
    expect(refused.reasons[0]).to.include({ code: 'purpose-not-covered' });
    expect(refused.reasons[0].text).to.have.all.keys('zh', 'en');
    expect(refused.reasons[0].article).to.deep.include({ verified: false });
    expect(JSON.stringify(body)).to.not.match(/planted|applicant-\d|submittedOn|ruledOn/);
  });

  it('does not name what few asked for: three on one dataset and four on another stand among others or nowhere', async () => {
    const { items } = await read();
    const [, buses = ''] = cases.datasets;
    expect(JSON.stringify(items)).to.not.contain(buses).and.to.not.contain(health);
    expect((await read(`&holder=${health}`)).total).to.equal(0);
    expect((await read('&field=health')).total).to.equal(0);
  });

  it('does not name a dataset that is not public now', async () => {
    const { items } = await read(`&period=${earlier}`);
    expect(items).to.have.length(6);
    for (const item of items) expect([item.dataset, item.holder.id]).to.deep.equal([null, transport]);
  });

  it('filters by what it tells, page by page, and refuses filters that are none', async () => {
    const all = await read();
    expect((await read('&outcome=refused')).items).to.deep.equal(
      all.items.filter(({ outcome }: { outcome: string }) => outcome === 'refused'),
    );
    expect((await read('&tier=conditional')).total).to.equal(14);
    expect((await read(`&period=${last.slice(0, 4)}`)).total).to.be.at.least((await read(`&period=${last}`)).total);
    const paged: unknown[] = [];
    for (let token = ''; ; ) {
      const page = fine(await visitor.get(`/api/register?limit=5&pageToken=${token}`)).body;
      paged.push(...page.items);
      token = page.nextPageToken;
      if (token === '') break;
    }
    expect(paged).to.deep.equal(all.items);
    for (const wrong of ['period=2026-Q5', 'field=roads', 'outcome=draft', 'applicant=x', 'tier=secret'])
      expect((await visitor.get(`/api/register?${wrong}`)).body.code, wrong).to.equal('invalid-query');
    expect((await visitor.get('/api/register?pageToken=!')).body.code).to.equal('invalid-page-token');
  });

  it('leaves as a table of the same lines, with no cell that begins a formula', async () => {
    const { text, headers } = fine(await visitor.get('/api/register.csv'));
    expect(headers.get('content-type')).to.equal('text/csv; charset=utf-8');
    const rows = parse(text, { bom: true }) as string[][];
    expect(rows).to.have.length((await read()).total + 1);
    expect(rows.flat()).to.include("'=Open map");
  });

  it('counts for everyone what the register tells, and nothing else', async () => {
    const { items } = await read();
    const { whole, sight, holders, upTo, use, outcomes, catalogue } = fine(await visitor.get('/api/statistics')).body;
    expect({ sight, upTo }).to.deep.equal({ sight: 'public', upTo: last });
    expect(whole.count).to.equal(items.length);
    expect(holders.map(({ holder }: { holder: { id: string } | null }) => holder?.id ?? null)).to.not.include(health);
    for (const { outcome, count } of outcomes)
      expect(count, outcome).to.equal(items.filter((one: { outcome: string }) => one.outcome === outcome).length);
    expect(use.granted).to.equal(items.filter((one: { use: { granted: boolean } }) => one.use.granted).length);
    const facets = (await visitor.get('/api/facets')).body;
    expect(catalogue.tiers).to.deep.equal(facets.tiers);
    expect(catalogue.earlier.map(({ quarter }: { quarter: string }) => quarter)).to.deep.equal([last]);
    const part = fine(await visitor.get(`/api/statistics?period=${earlier}&holder=${transport}&field=transport`)).body;
    expect(part.whole.count).to.equal(6);
  });

  it('counts proceedings by kind where many stand behind a number, and for officers every one; no line tells of one', async () => {
    const counted = (body: Answer['body']) =>
      body.proceedings.map(({ kind, recorded, open, outcomes }: Answer['body']) => [
        kind,
        recorded,
        open,
        outcomes.find(({ outcome }: { outcome: string }) => outcome === 'upheld').count,
      ]);
    const none = ['reconsideration', 0, 0, 0];
    expect(counted(fine(await visitor.get('/api/statistics')).body), 'three are too few').to.deep.equal([
      none,
      ['litigation', 6, 0, 6],
    ]);
    const of = async (search: string) => counted(fine(await visitor.get(`/api/statistics?${search}`)).body);
    expect(await of(`holder=${transport}&period=${last}`)).to.deep.equal([none, ['litigation', 6, 0, 6]]);
    for (const other of [`holder=${health}`, `period=${earlier}`])
      expect(await of(other), other).to.deep.equal([none, ['litigation', 0, 0, 0]]);
    const [reconsideration] = counted(fine(await cases.as('approver').get('/api/statistics/full')).body);
    expect(reconsideration).to.deep.equal(['reconsideration', 3, 0, 3]);
    expect(JSON.stringify(await read())).to.not.match(/proceeding|litigation|reconsideration/);
  });

  it('leaves on paper and as a table with the figures of the page, in the language asked for', async () => {
    const { whole, holders, use } = fine(await visitor.get('/api/statistics')).body;
    const { text, headers } = fine(await visitor.get('/api/statistics.csv', { 'accept-language': 'en' }));
    expect(headers.get('content-disposition')).to.equal('attachment; filename="statistics.csv"');
    const rows = (parse(text, { bom: true }) as string[][]).slice(1);
    const cells = (section: string, of: string) => rows.find((row) => row[0] === section && row[1] === of)?.slice(2);
    const shown = (one: Answer['body']) =>
      [one.count, one.undecided, one.inTime, Math.round(one.share * 100), one.median, one.p90].map((cell) =>
        cell === null ? '' : String(cell),
      );
    expect(cells('Rulings, and what is overdue', '')).to.deep.equal(shown(whole));
    for (const one of holders.filter(({ holder }: Answer['body']) => holder !== null))
      expect(cells('Holders', one.holder.name.en)).to.deep.equal(shown(one));
    expect(cells('Use of the data', 'Grants that came into force')?.[0]).to.equal(String(use.granted));
    for (const [path, title] of [
      ['/api/statistics.pdf', '公共数据开放统计'],
      ['/api/register.pdf', '公共数据开放登记簿'],
    ]) {
      const answer = await fetch(`${visitor.address}${path}?period=${last}`, {
        headers: { 'accept-language': 'zh-CN' },
      });
      expect([answer.status, answer.headers.get('content-type')]).to.deep.equal([200, 'application/pdf']);
      const [printed] = printedText(await printedPages(new Uint8Array(await answer.arrayBuffer())));
      expect(printed).to.include(title);
    }
    const part = (await visitor.get(`/api/statistics.csv?period=${last}`, { 'accept-language': 'zh-CN' })).text;
    expect(part).to.include('办理结果,批准,').and.not.include(`季度,${earlier}`);
    expect((await visitor.get('/api/statistics.pdf?period=x')).body.code).to.equal('invalid-query');
    for (const form of ['csv', 'pdf']) {
      const path = `/api/statistics/full.${form}`;
      expect((await visitor.get(path)).body.code).to.equal('sign-in-required');
      expect((await cases.as('enterprise-a-handler').get(path)).body.code).to.equal('forbidden');
      const full = fine(await cases.as('approver').get(path));
      expect(full.headers.get('cache-control')).to.equal('no-store');
    }
  });

  it('counts for officers of the authority everything, to this moment; others are refused', async () => {
    const ruled = await cases.at('refused');
    await opened.app.slices.register.keeper.letTimeAct(opened.app.unit);
    for (const who of ['approver', 'officer', 'supervisor', 'auditor'] as const) {
      const { sight, holders, whole } = fine(await cases.as(who).get('/api/statistics/full')).body;
      expect(sight).to.equal('full');
      expect(holders.map(({ holder }: { holder: { id: string } }) => holder.id)).to.include(health);
      expect(whole.count, ruled).to.be.at.least(22);
    }
    for (const who of [
      'enterprise-a-handler',
      'citizen',
      'steward-transport',
      'reviewer-transport',
      'portal',
      'admin',
    ] as const)
      expect((await cases.as(who).get('/api/statistics/full')).body.code, who).to.equal('forbidden');
    expect((await visitor.get('/api/statistics/full')).body.code).to.equal('sign-in-required');
    const open = fine(await cases.as('approver').get(`/api/statistics/full?period=${today.slice(0, 4)}`)).body;
    expect(open.outcomes.find(({ outcome }: { outcome: string }) => outcome === 'refused').count).to.be.at.least(1);
    expect((await read()).total, 'nothing of this quarter is public').to.equal(
      fine(await visitor.get('/api/statistics')).body.whole.count,
    );
  });

  it('counts how objections to quality are answered, for everyone, once their quarter is over; rights only among many', async () => {
    const [dataset = ''] = cases.datasets;
    const file = async (by: 'citizen' | 'enterprise-a-handler', about: object): Promise<string> =>
      fine(await cases.as(by).post('/api/objections', { dataset, reason: 'Wrong in places.', ...about })).body.id;
    const objection = await file('citizen', { about: 'quality', fault: 'wrong-values' });
    await file('enterprise-a-handler', { about: 'rights', right: 'trade-secret' });
    const answer = { outcome: 'mended', text: 'Mended.', mendedOn: today };
    await cases.give('steward-transport', `/api/complaints/${objection}`, 'answer', answer);
    const full = fine(await cases.as('approver').get(`/api/statistics/full?holder=${transport}`)).body.complaints;
    const ofTransport = full.quality.filter(({ holder }: { holder: { id: string } }) => holder.id === transport);
    expect(ofTransport[0]).to.include({ period: quarterOf(today), undecided: 0, share: 1 });
    expect(ofTransport[0].mended).to.be.at.least(1);
    expect(full.rights[0].count).to.be.at.least(1);
    const open = fine(await visitor.get('/api/statistics')).body.complaints;
    expect([...open.quality, ...open.rights].map(({ period }: { period: string }) => period)).to.not.include(
      quarterOf(today),
    );
    await opened.app.unit.run(async (tx) => {
      const { store } = opened.app.slices.supervision.complaints.deps;
      const filed = (await store.find(tx, objection))?.complaint as Complaint;
      const then = startOfDay(dayBefore(today, 1));
      const old = { ...filed, filedAt: then, endedAt: then, due: dayOf(then) };
      const answer = { ...(filed.answer as NonNullable<Complaint['answer']>), at: then };
      const planted = [0, 1, 2, 3, 4, 5].flatMap((at): Complaint[] => [
        { ...old, answer, id: `OLD${at}`.padEnd(26, '0'), number: `old-${at}` },
        {
          ...old,
          answer: null,
          id: `RIGHT${at}`.padEnd(26, '0'),
          number: `right-${at}`,
          about: 'rights',
          organisation: `o${at}`,
          holder: at === 5 ? health : transport,
        },
      ]);
      for (const one of planted) {
        await store.insert(tx, one);
        tx.append({ event: 'test.planted', subject: { kind: 'complaint', id: one.id }, actor: SYSTEM, data: {} });
      }
      return ok(null);
    });
    // Another instance, which has put nothing together for this quarter yet.
    const { store, views } = opened.app.slices.register;
    const told = await opened.app.unit.read((reader) =>
      new RegisterReadings(store, views.sources, views.rules.leastApplicants).toEveryone(reader, { period: last }),
    );
    const { quality, rights } = complaintStatisticsOf(told.complaints);
    expect(quality).to.deep.include({
      period: last,
      holder: transport,
      mended: 6,
      count: 6,
      undecided: 0,
      inTime: 6,
      share: 1,
      median: 0,
      p90: 0,
    });
    expect(rights).to.deep.equal([{ period: last, holder: transport, count: 5 }]);
  });

  it('leaves complaints as a table', async () => {
    const { text, headers } = fine(await visitor.get(`/api/statistics/complaints.csv?period=${last}`));
    expect(headers.get('content-type')).to.equal('text/csv; charset=utf-8');
    expect((parse(text, { bom: true }) as string[][])[0]).to.include('中位用时（工作日） Median, working days');
    expect((await visitor.get('/api/statistics/complaints.csv?period=2026-Q5')).body.code).to.equal('invalid-query');
  });

  describe('how people of a desk judge', () => {
    const period = quarterBefore(today, 3);
    const see = async (who: Name): Promise<Answer['body']> =>
      fine(await cases.as(who).get(`/api/statistics/judging?period=${period}`)).body;
    let reviewer: { id: string; name: string };
    before(async () => {
      reviewer = (await cases.as('reviewer-transport').get('/api/me')).body.subject;
      const [dataset = ''] = cases.datasets;
      const by = (person: string, applicants: number, ruling: Ruling): Planted => ({
        dataset,
        holder: transport,
        field: 'transport',
        applicants,
        ruledOn: dayBefore(today, 3),
        more: { ruling, judges: { advised: { by: person, ruling }, ruledBy: 'P1' } },
      });
      await plant(opened.app, [
        by(reviewer.id, 10, 'refused'),
        by(reviewer.id, 2, 'approved'),
        by('R2', 12, 'approved'),
        by('R3', 12, 'approved'),
        by('R4', 9, 'approved'),
      ]);
    });

    it('shows who oversees each person against the others, with what chance explains', async () => {
      for (const who of ['supervisor', 'auditor'] as const) {
        const { sight, least, desks } = await see(who);
        expect([sight, least]).to.deep.equal(['everyone', 10]);
        const [review, rulings] = desks.toSorted((a: { desk: string }, b: { desk: string }) =>
          a.desk < b.desk ? 1 : -1,
        );
        expect(review).to.deep.include({ desk: 'holder', cases: 45, few: 1 });
        expect(review.holder.id).to.equal(transport);
        const strict = review.people.find(({ person }: { person: string }) => person === reviewer.id);
        expect(strict).to.deep.include({ name: reviewer.name, cases: 12, approved: 2, refused: 10, differs: 'below' });
        expect(strict.others).to.include({ of: 24, share: 1 });
        expect(rulings, 'one person rules: nobody to compare with').to.deep.include({ desk: 'authority', people: [] });
      }
    });

    it('shows who judges themselves against at least two others, who stay unnamed, and nobody else anything', async () => {
      const own = await see('reviewer-transport');
      expect(own.sight).to.equal('own');
      expect(
        own.desks.map(({ people }: { people: { person: string }[] }) => people.map(({ person }) => person)),
      ).to.deep.equal([[reviewer.id]]);
      expect(JSON.stringify(own)).to.not.match(/"R[234]"|"P1"/);
      expect((await see('reviewer-health')).desks).to.deep.equal([]);
      expect((await see('approver')).desks).to.deep.equal([]);
      for (const who of ['officer', 'steward-transport', 'enterprise-a-handler', 'admin', 'portal'] as const)
        expect((await cases.as(who).get('/api/statistics/judging')).body.code, who).to.equal('forbidden');
      expect((await visitor.get('/api/statistics/judging')).body.code).to.equal('sign-in-required');
      const open = ['/api/register?limit=100', '/api/statistics', '/api/register.csv'];
      for (const path of open) expect((await visitor.get(path)).text, path).to.not.match(/judges|ruledBy|"R2"|P1/);
      expect((await cases.as('auditor').get('/api/statistics/judging?period=x')).body.code).to.equal('invalid-query');
    });

    it('leaves who would be compared with one other alone', async () => {
      const { desksOf, judgedIn } = await import('../../src/register/domain/judging.js');
      const { store } = opened.app.slices.register;
      const all = judgedIn(
        (await opened.app.unit.read((reader) => registered(store, reader))).map(({ matter }) => matter),
      );
      const two = all.filter(({ desk, person }) => desk === 'holder' && [reviewer.id, 'R2'].includes(person));
      expect(desksOf(two, 10, 2).flatMap(({ people }) => people)).to.deep.equal([]);
      expect(desksOf(two, 10, 1).flatMap(({ people }) => people)).to.have.length(2);
    });
  });

  it('takes the agreement to name products with a report of use', async () => {
    const grant = await cases.granted();
    const report = { text: 'Used in a planner', products: ['Night planner'], publish: true };
    await cases.give('enterprise-a-handler', grant, 'report-use', report);
    const { duties } = (await cases.as('enterprise-a-handler').get(grant)).body;
    expect(duties[0].last).to.have.all.keys('at', 'text', 'products');
    await opened.app.slices.register.keeper.letTimeAct(opened.app.unit);
    const { use } = fine(await cases.as('approver').get('/api/statistics/full')).body;
    expect(use.reports).to.be.at.least(1);
    expect((await visitor.get('/api/register.csv')).text).to.not.contain('Night planner');
  });
});
