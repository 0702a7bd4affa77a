import { registered } from '../support/register-parts.js';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { addDays, dayOf } from '../../src/kernel/time.js';
import type { Answer } from '../support/caller.js';
import { Cases, fine, type Name } from '../support/cases.js';
import { backends, eachBackend } from '../support/databases.js';
import { inProject } from '../support/project.js';
import { printedPages, printedText } from '../support/read-pdf.js';
import { type OpenApp, openApp } from '../support/server.js';

const HANDLER = 'handler-health';
const SIGNATORY = 'signatory-health';
const REVIEWER = 'reviewer-transport';
const STEWARD = 'steward-transport';
const today = (): string => dayOf(Date.now());
const codeOf = ({ status, body }: Answer) => [status, body.code];

const asking = (dataset: string, more: object = {}) => ({
  kind: 'sharing',
  datasets: [{ dataset }],
  purpose: { category: 'public-service', scenario: 'Routes of ambulances' },
  delivery: 'download',
  period: { from: today(), to: addDays(today(), 59) },
  ...more,
});

/** One public body asks another one, as both, the authority, enterprises and a portal meet it over HTTP. */
describe('contract: sharing between public bodies', function () {
  this.timeout(240_000);

  eachBackend(
    (backend) => {
      let opened: OpenApp;
      let cases: Cases;
      let health: string;
      let enterprise: string;
      let taken = 0;

      before(async () => {
        opened = await openApp(backend, { seeded: true });
        cases = await Cases.open(await opened.listen());
        const organisationOf = async (name: Name) => (await cases.as(name).get('/api/me')).body.organisation.id;
        [health, enterprise] = [await organisationOf(HANDLER), await organisationOf('enterprise-a-handler')];
      });
      after(() => opened.close());

      const get = async (path: string, by: Name = HANDLER) => fine(await cases.as(by).get(path)).body;
      const idIn = (path: string): string => path.split('/').at(-1) as string;
      /** A dataset of the transport body that nobody in this file has asked for yet. */
      const another = (): string => cases.datasets[taken++] as string;
      async function catalogued(dataset: string, content: object): Promise<void> {
        fine(await cases.as(STEWARD).change(`/api/datasets/${dataset}`, content));
      }
      async function close(dataset: string, listedWhenRestricted: boolean): Promise<void> {
        await catalogued(dataset, { listedWhenRestricted });
        await cases.give('officer', `/api/datasets/${dataset}`, 'propose-tier', {
          tier: 'restricted',
          reason: 'Plates can be read',
        });
      }
      /** Two officers look at the record and leave it as it is. */
      async function confirmed(dataset: string): Promise<void> {
        for (const tier of ['restricted', 'conditional']) {
          const proposal = { tier, reason: 'Looked at', legalBasis: 'art. 41(3)' };
          const { id } = (await cases.give('officer', `/api/datasets/${dataset}`, 'propose-tier', proposal)).body;
          await cases.give('officer-2', `/api/assessments/${id}`, 'confirm', {});
        }
        expect(await get(`/api/datasets/${dataset}`, STEWARD)).to.include({
          tier: 'conditional',
          tierStatus: 'confirmed',
        });
      }
      async function draft(dataset: string, more: object = {}): Promise<string> {
        const created = fine(await cases.as(HANDLER).post('/api/applications', asking(dataset, more)));
        return `/api/applications/${created.body.id}`;
      }
      async function promised(path: string): Promise<string> {
        const { version, hash } = (await get(path, SIGNATORY)).agreement;
        const { body } = await cases.give(SIGNATORY, path, 'accept-agreement', { version, hash });
        return `/api/grants/${body.grants[0].id}`;
      }
      async function shared(dataset: string): Promise<string> {
        const path = await draft(dataset);
        const { state } = (await cases.give(HANDLER, path, 'submit')).body;
        if (state === 'submitted') {
          await cases.give(REVIEWER, path, 'accept');
          await cases.give(REVIEWER, path, 'approve', {});
        }
        return promised(path);
      }
      const ask = async (dataset: string, organisation = health, more: object = {}) => {
        const { body } = fine(
          await cases.as('portal').post('/access/v1/evaluation', {
            subject: { type: 'organisation', id: organisation },
            resource: { type: 'dataset', id: dataset },
            action: { name: 'download' },
            ...more,
          }),
        );
        return [body.decision, body.context.reason.code];
      };
      const PERMITTED = [true, 'shared'];

      it('publishes the promise once, whoever asks first', async () => {
        const dataset = cases.datasets.at(-1) as string;
        const asked = await Promise.all(
          ['research', 'education', 'public-service', 'operations'].map((category) =>
            draft(dataset, { purpose: { category, scenario: 'Routes of ambulances' } }),
          ),
        );
        const promises = await Promise.all(asked.map(async (path) => (await get(path)).agreement));
        expect(new Set(promises.map(({ template, version, hash }) => `${template} ${version} ${hash}`)).size).to.equal(
          1,
        );
        const { items } = await get('/api/agreements');
        expect(items.filter(({ template }: { template: string }) => template === promises[0].template)).to.have.length(
          1,
        );
      });

      it('with a condition: the holder rules on the clock of sharing, the promise makes the grant', async () => {
        const dataset = another();
        const path = await draft(dataset);
        const begun = await get(path);
        expect([begun.kind, begun.state, begun.warnings]).to.deep.equal(['sharing', 'draft', []]);
        const sent = (await cases.give(HANDLER, path, 'submit')).body;
        expect([sent.state, sent.waitingFor.role, sent.deadlines[0].kind, sent.deadlines[0].limit]).to.deep.equal([
          'submitted',
          'reviewer',
          'acceptance',
          2,
        ]);
        expect(sent.deadlines[0]).to.include({ pack: 'cn-shanghai/1/share', verified: false });
        const received = (await cases.give(REVIEWER, path, 'accept')).body;
        expect(received.allowedCommands).to.include.members(['approve', 'refuse']).and.to.not.include('advise');
        expect(codeOf(await cases.as('approver').command(path, 'approve', {}))[0], 'not the authority').to.not.equal(
          200,
        );
        expect((await cases.give(REVIEWER, path, 'approve', {})).body.state).to.equal('approved');
        expect(await ask(dataset), 'before the promise').to.deep.equal([false, 'grant-pending']);

        const { agreement } = await get(path, SIGNATORY);
        const promise = (await get(agreement.href, SIGNATORY)) as { text: { en: string }; hash: string };
        expect(promise.text.en).to.contain('pass the data on to nobody');
        const grant = await promised(path);
        expect(await get(grant)).to.deep.include({ kind: 'sharing', state: 'active', organisation: health, dataset });
        expect(await ask(dataset)).to.deep.equal(PERMITTED);
        expect(await ask(dataset, health, { context: { purpose: 'marketing' } })).to.deep.equal([
          false,
          'purpose-mismatch',
        ]);
        expect(await ask(dataset, enterprise), 'opens nothing').to.deep.equal([false, 'no-grant']);
        const { address, token } = cases.as(HANDLER);
        const paper = await fetch(`${address}${path}/case.pdf`, {
          headers: { authorization: `Bearer ${token}`, 'accept-language': 'zh-CN' },
        });
        const printed = printedText(await printedPages(new Uint8Array(await paper.arrayBuffer()))).join('');
        expect(printed).to.contain('公共数据共享申请').and.to.not.contain('公共数据开放申请');
      });

      it('without one: to be had when the promise is given, and nobody had to rule', async () => {
        const dataset = another();
        await catalogued(dataset, { sharingTier: 'unconditional', sharingCondition: null });
        const early = await draft(dataset, { purpose: { category: 'education', scenario: 'A course on traffic' } });
        expect((await cases.give(HANDLER, early, 'submit')).body.state, 'nobody confirmed the record yet').to.equal(
          'submitted',
        );
        await confirmed(dataset);
        const path = await draft(dataset);
        const sent = (await cases.give(HANDLER, path, 'submit')).body;
        expect([sent.state, sent.waitingFor.role, sent.receipt.next]).to.deep.equal([
          'approved',
          'signatory',
          'agreement',
        ]);
        expect(sent.number).to.match(/^TG-\d{4}-\d{6}$/);
        expect(
          sent.history.map(({ event, by }: { event: string; by: object | null }) => [event, by === null]),
        ).to.deep.equal([
          ['application.created', false],
          ['application.submitted', false],
          ['application.approved', true],
        ]);
        const told = async (event: string): Promise<string[]> =>
          (await get('/api/notifications?limit=100', REVIEWER)).items
            .filter((one: { href: string; event: string }) => one.href === path && one.event === event)
            .map(({ title }: { title: string }) => title);
        expect(await told('application.approved'), 'the holder is told').to.deep.equal([
          `Request ${sent.number} for sharing was granted at once`,
        ]);
        expect(await told('application.submitted'), 'of nothing to accept').to.deep.equal([]);
        expect(await ask(dataset)).to.deep.equal([false, 'grant-pending']);
        const grant = await promised(path);
        expect((await get(grant)).number, 'the number of the case').to.equal(sent.number);
        expect(await ask(dataset)).to.deep.equal(PERMITTED);
        expect((await get(path, REVIEWER)).state, 'the holder sees it').to.equal('concluded');
      });

      it('ends at once when the data is shared no longer, and goes on when it is again', async () => {
        const dataset = another();
        const grant = await shared(dataset);
        const opening = await cases.granted(dataset);
        await catalogued(dataset, { sharingTier: 'not-shared', legalBasis: 'Statistics Law, art. 25' });
        expect(await ask(dataset)).to.deep.equal([false, 'not-shared']);
        const held = await get(grant);
        expect([held.state, held.holds.map(({ cause }: { cause: string }) => cause)]).to.deep.equal([
          'suspended',
          ['tier'],
        ]);
        expect((await get(opening, 'enterprise-a-handler')).state, 'opening goes on').to.equal('active');
        expect(await ask(dataset, enterprise)).to.deep.equal([true, 'granted']);
        const refused = await cases.as(HANDLER).post('/api/applications', asking(dataset));
        expect(codeOf(refused)).to.deep.equal([422, 'not-shared']);
        expect(refused.body.detail).to.contain('Statistics Law, art. 25');
        await catalogued(dataset, { sharingTier: 'conditional', sharingCondition: 'On request' });
        expect((await get(grant)).state).to.equal('active');
        expect(await ask(dataset)).to.deep.equal(PERMITTED);
      });

      it('does not rest on the tier of opening: closed to the public, it goes on between bodies', async () => {
        const dataset = another();
        const grant = await shared(dataset);
        const opening = await cases.granted(dataset);
        const preview = await get(`/api/datasets/${dataset}/reclassification?tier=restricted`, 'officer');
        expect(preview.grants.map(({ id }: { id: string }) => id)).to.deep.equal([idIn(opening)]);
        await close(dataset, true);
        expect(await ask(dataset, enterprise)).to.deep.equal([false, 'restricted']);
        expect(await ask(dataset)).to.deep.equal(PERMITTED);
        expect((await get(grant)).state).to.equal('active');
        expect((await get(opening, 'supervisor')).state).to.equal('suspended');
      });

      it('lets a body see what it may ask for, and shows nobody else more than before', async () => {
        const dataset = another();
        const find = async (by: Name) => {
          const { items, total } = await get('/api/datasets?tier=restricted&field=transport&limit=100', by);
          return { found: items.some(({ id }: { id: string }) => id === dataset), total };
        };
        const others: readonly Name[] = ['anonymous', 'citizen', 'enterprise-a-handler', 'steward-health', 'portal'];
        const before = await Promise.all(others.map(find));
        await close(dataset, false);
        const page = await get(`/api/datasets/${dataset}`);
        expect(page).to.include({ tier: 'restricted', sharingTier: 'conditional', redacted: false });
        expect(page.items).to.not.have.length(0);
        expect([page.distributions, page.documents, page.reasons]).to.deep.equal([[], [], []]);
        expect((await find(HANDLER)).found).to.equal(true);
        for (const [at, by] of others.entries()) {
          expect(codeOf(await cases.as(by).get(`/api/datasets/${dataset}`)), by).to.deep.equal([404, 'not-found']);
          expect(await find(by), by).to.deep.equal({ found: false, total: before[at]?.total });
        }
        const path = await draft(dataset);
        expect((await cases.give(HANDLER, path, 'submit')).body.state).to.equal('submitted');

        const hidden = another();
        await catalogued(hidden, { sharingTier: 'not-shared', legalBasis: 'Statistics Law, art. 25' });
        await close(hidden, false);
        expect(codeOf(await cases.as(HANDLER).get(`/api/datasets/${hidden}`))).to.deep.equal([404, 'not-found']);
        expect(codeOf(await cases.as(HANDLER).post('/api/applications', asking(hidden)))).to.deep.equal([
          422,
          'unknown-dataset',
        ]);
      });

      it('issues notices that speak of sharing, and none that opens', async () => {
        const { application } = await get(await shared(another()), HANDLER);
        const asked = await cases
          .as(HANDLER)
          .get(`/api/notices?application=${application}`, { 'accept-language': 'zh-CN' });
        const titles = fine(asked).body.items.map(({ title }: { title: string }) => title);
        expect(titles).to.include('数据使用权限通知书');
        expect(titles).to.include('准予共享决定书');
        expect(titles.join()).to.not.include('开放');
      });

      it('is refused to everybody who is no public body, and authorised operation with a way to go', async () => {
        const dataset = another();
        for (const by of ['enterprise-a-handler', 'citizen'] as const) {
          const refused = await cases.as(by).post('/api/applications', asking(dataset));
          expect(codeOf(refused), by).to.deep.equal([422, 'sharing-between-bodies']);
          expect(refused.body.errors[0].pointer).to.equal('/kind');
          expect(refused.body.remedy).to.contain('opening');
        }
        const other = await cases
          .as(HANDLER)
          .post('/api/applications', asking(dataset, { kind: 'authorised-operation' }));
        expect(codeOf(other)).to.deep.equal([422, 'not-offered']);
        expect(other.body.detail).to.contain('44 to 46');
        expect(other.body.links).to.have.length(1);
      });

      it('stands in queues and lists by its kind, and in no public register', async () => {
        const dataset = another();
        const path = await draft(dataset);
        await cases.give(HANDLER, path, 'submit');
        const ids = async (by: Name, kind: string): Promise<string[]> =>
          (await get(`/api/applications?limit=100&kind=${kind}`, by)).items.map(({ id }: { id: string }) => id);
        for (const by of [HANDLER, REVIEWER] as const) {
          expect(await ids(by, 'sharing'), by).to.include(idIn(path));
          expect(await ids(by, 'opening'), by).to.not.include(idIn(path));
        }
        const table = (await cases.as(REVIEWER).get('/api/applications/queue.csv?kind=sharing')).text;
        const number = (await get(path)).number as string;
        expect(table).to.contain(number);
        expect((await cases.as(REVIEWER).get('/api/applications/queue.csv?kind=opening')).text).to.not.contain(number);
        await cases.give(REVIEWER, path, 'accept');
        await cases.give(REVIEWER, path, 'refuse', { reasons: [{ code: 'other', text: 'No.' }] });
        const { keeper, store } = opened.app.slices.register;
        await keeper.letTimeAct(opened.app.unit);
        const { told, kept } = await opened.app.unit.read(async (reader) => ({
          told: await registered(store, reader),
          kept: await store.ofCases(reader, [idIn(path)]),
        }));
        expect(told.map(({ matter }) => matter.application)).to.not.include(idIn(path));
        // It is kept to be compared with its like, and with nothing else.
        expect(kept.map(({ kind, ruling }) => `${kind} ${ruling}`)).to.deep.equal(['sharing refused']);
        const among = { until: kept[0]?.ruledOn ?? '' };
        const like = (kind: 'sharing' | null) =>
          opened.app.unit.read((reader) => store.rulings(reader, { dataset }, { ...among, kind }, 10));
        expect((await like('sharing')).map(({ application }) => application)).to.include(idIn(path));
        expect((await like(null)).map(({ application }) => application)).to.not.include(idIn(path));
      });

      it('a copy, an amendment and a renewal stay between the bodies', async () => {
        const dataset = another();
        const grant = await shared(dataset);
        const amendment = fine(await cases.as(HANDLER).command(grant, 'amend')).body;
        expect([amendment.kind, amendment.succeeds.kind]).to.deep.equal(['sharing', 'amendment']);
        const sent = (await cases.give(HANDLER, `/api/applications/${amendment.id}`, 'submit')).body;
        expect([sent.state, sent.stage, sent.deadlines[0].pack]).to.deep.equal([
          'in-review',
          'holder',
          'cn-shanghai/1/share',
        ]);
        await cases.give(REVIEWER, `/api/applications/${amendment.id}`, 'approve', {});
        const next = await promised(`/api/applications/${amendment.id}`);
        expect(await get(next)).to.include({ kind: 'sharing', state: 'active' });
        expect((await get(grant)).state).to.equal('relinquished');
        const copy = await cases.give(HANDLER, `/api/applications/${amendment.id}`, 'copy-as-new');
        expect(copy.body.kind).to.equal('sharing');
      });
    },
    (backend) => backend.name !== 'embedded on file',
  );

  it('is not offered where the policies leave it out', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tiergate-policies-'));
    cpSync(inProject('policies'), folder, { recursive: true });
    const file = join(folder, 'workflow.yaml');
    const text = readFileSync(file, 'utf8');
    const without = text.replace(/^# Requests of one public body[\s\S]*?(?=^# Reasons of a refusal)/m, '');
    expect(without).to.not.contain('sharing:');
    writeFileSync(file, without);
    const opened = await openApp(backends[0] as never, { seeded: true, environment: { TIERGATE_POLICIES: folder } });
    try {
      const cases = await Cases.open(await opened.listen());
      const refused = await cases.as(HANDLER).post('/api/applications', asking(cases.datasets[0] as string));
      expect(codeOf(refused)).to.deep.equal([422, 'not-offered']);
      expect(refused.body.errors[0].pointer).to.equal('/kind');
    } finally {
      await opened.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
