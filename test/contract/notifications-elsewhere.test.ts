import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { addDays, dayOf } from '../../src/kernel/time.js';
import { Cases, fine, type Name, PERSONS } from '../support/cases.js';
import { eachBackend } from '../support/databases.js';
import { textOf } from '../support/mail-server.js';
import { wantMail } from '../support/mail-address.js';
import { type OpenApp, openApp, TestClock } from '../support/server.js';

const DAY = 86_400_000;
const HANDLER = 'enterprise-a-handler';

interface Told {
  readonly event: string;
  readonly href: string;
  readonly title: string;
  readonly text: string;
}

/** What people are told beside cases and grants: verdicts on evidence, objections to tiers, a suspended organisation. */
describe('contract: notifications of evidence, objections and organisations', function () {
  this.timeout(240_000);

  eachBackend(
    (backend) => {
      const clock = new TestClock(Date.now());
      const folder = mkdtempSync(join(tmpdir(), 'tiergate-told-'));
      const mails = join(folder, 'mail');
      let opened: OpenApp;
      let address: string;
      let cases: Cases;
      before(async () => {
        opened = await openApp(backend, { seeded: true, clock, environment: { TIERGATE_MAIL_FOLDER: mails } });
        address = await opened.listen();
        cases = await Cases.open(address);
      });
      after(async () => {
        await opened.close();
        rmSync(folder, { recursive: true });
      });

      const told = async (name: Name, path: string, language = 'en'): Promise<Told[]> => {
        const wanted = { 'accept-language': language };
        const { items } = fine(await cases.as(name).get('/api/notifications?limit=100', wanted)).body;
        return items.filter(({ href }: Told) => href === path).reverse();
      };
      const events = async (name: Name, path: string): Promise<string[]> =>
        (await told(name, path)).map(({ event }) => event);
      let number = 0;
      const filed = async (more: object = {}): Promise<string> => {
        const paper = { kind: 'mlps-filing', issuer: 'Zzbureau', reference: `Zz ${++number}`, ...more };
        return `/api/evidence/${fine(await cases.as(HANDLER).post('/api/evidence', paper)).body.id}`;
      };

      it('tells an organisation what became of its evidence, and the authority what waits', async () => {
        const until = addDays(dayOf(clock.now()), 90);
        const good = await filed({ validUntil: until });
        expect(await events('officer', good)).to.deep.equal(['evidence.filed']);
        expect(await events(HANDLER, good), 'whoever filed it knows').to.deep.equal([]);
        await cases.give('officer', good, 'verify');
        await cases.give('supervisor', good, 'strike-out', { reason: 'Zzforged' });
        for (const name of [HANDLER, 'enterprise-a-signatory'] as const)
          expect(await events(name, good), name).to.deep.equal(['evidence.verified', 'evidence.struck-out']);
        const [verified] = await told(HANDLER, good);
        expect(verified?.text).to.include(until);
        const bad = await filed();
        await cases.give('approver', bad, 'reject', { reason: 'Zzunreadable' });
        expect(await events(HANDLER, bad)).to.deep.equal(['evidence.rejected']);
        for (const path of [good, bad])
          for (const name of ['enterprise-b-handler', 'citizen', 'reviewer-transport', 'steward-health'] as const)
            expect(await events(name, path), name).to.deep.equal([]);
        for (const name of [HANDLER, 'officer'] as const)
          for (const language of ['en', 'zh-CN'])
            for (const path of [good, bad])
              for (const { title, text } of await told(name, path, language))
                expect(title + text, 'what people wrote is read on the page').to.not.match(/zz|[{}[\]—]/i);
        const [chinese] = await told(HANDLER, bad, 'zh-CN');
        expect(chinese?.title).to.match(/退回：/);
      });

      it('reminds once of evidence that is about to lapse, unless something follows it', async () => {
        const { reminders } = opened.app.slices.notifications;
        const soon = addDays(dayOf(clock.now()), 20);
        const lonely = await filed({ kind: 'credit-record', validUntil: soon });
        const followed = await filed({ kind: 'training', validUntil: soon });
        const next = await filed({ kind: 'training', validFrom: addDays(soon, 1), validUntil: addDays(soon, 300) });
        for (const path of [lonely, followed, next]) await cases.give('officer', path, 'verify');
        for (let round = 0; round < 2; round++) await reminders.letTimeAct(opened.app.unit);
        expect(await events(HANDLER, lonely)).to.deep.equal(['evidence.verified', 'reminder.due']);
        expect((await told(HANDLER, lonely)).at(-1)?.text).to.include(soon);
        expect(await events(HANDLER, followed)).to.deep.equal(['evidence.verified']);
        clock.advance(22 * DAY);
        cases = await Cases.open(address);
        await opened.app.slices.evidence.service.letTimeAct(opened.app.unit);
        expect((await events(HANDLER, lonely)).at(-1)).to.equal('evidence.lapsed');
      });

      it('answers whoever objected to a tier, and tells the body whose data it is', async () => {
        const object = async (dataset: string | undefined): Promise<string> => {
          const body = { about: 'tier', dataset, tier: 'open', reason: 'Zzreason', legalBasis: '第四十一条' };
          return `/api/objections/${fine(await cases.as(HANDLER).post('/api/objections', body)).body.id}`;
        };
        const path = await object(cases.datasets[0]);
        expect(await events(HANDLER, path)).to.deep.equal(['objection.filed']);
        expect(await events('steward-transport', path)).to.deep.equal(['objection.filed']);
        expect(await events('officer-2', path)).to.deep.equal(['objection.filed']);
        await cases.give('officer-2', path, 'reject', { reason: 'Zzanswer' });
        expect(await events(HANDLER, path)).to.deep.equal(['objection.filed', 'objection.rejected']);
        expect(await events('steward-transport', path)).to.deep.equal(['objection.filed', 'objection.rejected']);
        expect(await events('officer-2', path), 'their own act').to.deep.equal(['objection.filed']);
        const upheld = await object(cases.datasets[1]);
        await cases.give('officer-2', upheld, 'uphold', { reason: 'Zzgood' });
        expect((await told(HANDLER, upheld)).at(-1)?.title).to.match(/was upheld$/);
        for (const person of PERSONS)
          for (const one of [path, upheld]) {
            const sees = (await cases.as(person).get(one)).status === 200;
            const lines = await told(person, one);
            if (!sees) expect(lines, person).to.deep.equal([]);
            for (const { title, text } of lines) expect(title + text, person).to.not.match(/zz/i);
          }
      });

      it('tells a steward, by mail too, that an officer returned the tier they proposed, and nobody else', async () => {
        const steward = 'steward-transport';
        await wantMail(opened.app, cases.as(steward), { address: 's@example.org', mode: 'at-once', language: 'zh' });
        const { organisation } = fine(await cases.as(steward).get('/api/me')).body;
        const listed = fine(
          await cases.as(steward).get(`/api/datasets?tier=conditional&publisher=${organisation.id}`),
        ).body;
        const dataset = listed.items[0].id;
        const proposed = fine(
          await cases.as(steward).command(`/api/datasets/${dataset}`, 'propose-tier', {
            tier: 'open',
            reason: 'Zz counts only',
            legalBasis: 'Zz art. 41',
          }),
        ).body;
        const path = `/api/assessments/${proposed.id}`;
        expect(await events(steward, path)).to.deep.equal([]);
        await cases.give('officer', path, 'return', { reason: 'Zz send the other months' });
        expect(await events(steward, path)).to.deep.equal(['assessment.returned']);
        for (const name of ['officer', 'officer-2', 'steward-health'] as const)
          expect(await events(name, path), name).to.deep.equal([]);
        for (const [language, word] of [
          ['en', 'returned'],
          ['zh-CN', '退回'],
        ] as const) {
          const [one] = await told(steward, path, language);
          expect(one?.title).to.include(word);
          expect(`${one?.title}${one?.text}`, 'what people wrote is read on the page').to.not.match(/zz|[{}]/i);
        }
        expect(fine(await cases.as(steward).get(path)).body.decision.reason).to.equal('Zz send the other months');
        await opened.app.slices.notifications.mail.sendDue(opened.app.unit);
        const letters = readdirSync(mails).map((file) => textOf(readFileSync(join(mails, file), 'utf8')));
        expect(
          letters.filter((text) => text.includes('退回') && text.includes(`/classification/${proposed.id}`)),
        ).to.have.length(1);
      });

      it('tells whoever sent a file that what was assessed from it was returned, and nobody else', async () => {
        const steward = 'steward-transport';
        const { organisation } = fine(await cases.as(steward).get('/api/me')).body;
        const listed = fine(await cases.as(steward).get(`/api/datasets?tier=open&publisher=${organisation.id}`)).body;
        const dataset = fine(await cases.as(steward).get(`/api/datasets/${listed.items[0].id}`)).body;
        const finding = { item: dataset.items[0].name, type: 'mobile-number', rule: 'columns/1#x' };
        const findings = [{ ...finding, matchedFraction: 0.9, sampleSize: 100 }];
        const path = `/api/assessments/${
          fine(await cases.as(steward).post(`/api/datasets/${dataset.id}/assessments`, { findings })).body.id
        }`;
        expect(fine(await cases.as('officer').get(path)).body.proposal.by).to.equal('engine');
        await cases.give('officer', path, 'return', { reason: 'Zz another month' });
        const [one] = await told(steward, path);
        expect([one?.event, one?.title]).to.deep.equal([
          'assessment.returned',
          `What was assessed from your submission on ${dataset.title.en ?? dataset.title.zh} was returned`,
        ]);
        for (const name of ['officer', 'officer-2', 'steward-health'] as const)
          expect(await events(name, path), name).to.deep.equal([]);
      });

      it('tells the stewards of a record that an officer made conditional and that states no condition, one by one', async () => {
        const steward = cases.as('steward-transport');
        const lacks = 'conditional-without-condition';
        const listed = async (identifier: string): Promise<string> => {
          const record = {
            identifier,
            title: { zh: `公交站点 ${identifier}`, en: `Bus stops ${identifier}` },
            abstract: { zh: '公交站点数量' },
            field: 'transport',
            declaredTier: 'open',
            sharingTier: 'not-shared',
            legalBasis: '上海市数据条例',
            securityLevel: 'L1',
            items: [{ name: 'count', title: { zh: '数量', en: 'Count' }, type: 'integer' }],
            updateFrequency: 'yearly',
            lastUpdated: '2026-01-31',
          };
          const path = `/api/datasets/${fine(await steward.post('/api/datasets', record)).body.id}`;
          await cases.give('steward-transport', path, 'list');
          return path;
        };
        const raised = async (dataset: string, tier: string): Promise<string> =>
          `/api/assessments/${(await cases.give('officer', dataset, 'propose-tier', { tier, reason: 'Zz' })).body.id}`;
        const noticed = async (dataset: string): Promise<boolean> =>
          fine(await cases.as('anonymous').get(dataset)).body.notices.some(
            ({ code }: { code: string }) => code === lacks,
          );

        const alone = await listed('TOLD-1');
        expect(await noticed(alone)).to.equal(false);
        const first = await raised(alone, 'conditional');
        expect(await noticed(alone), 'a raise acts at once').to.equal(true);
        expect(fine(await steward.get(alone)).body.lacking).to.include('/conditions');
        await cases.give('officer-2', first, 'confirm');
        expect(await events('steward-transport', first)).to.deep.equal(['assessment.confirmed']);
        for (const name of ['officer', 'officer-2', 'steward-health'] as const)
          expect(await events(name, first), name).to.deep.equal([]);
        for (const [language, word] of [
          ['en', 'states no condition'],
          ['zh-CN', '尚未说明开放条件'],
        ] as const)
          expect((await told('steward-transport', first, language))[0]?.title).to.include(word);
        const conditions = [
          { kind: 'scenario', text: { zh: '说明应用场景', en: 'The scenario is stated' }, evidenceRequired: false },
        ];
        fine(await steward.change(alone, { conditions }));
        expect(await noticed(alone)).to.equal(false);

        const milder = await raised(await listed('TOLD-2'), 'restricted');
        const other = { tier: 'conditional', reason: 'Zz', legalBasis: '第四十一条' };
        await cases.give('officer-2', milder, 'override', other);
        expect(await events('steward-transport', milder)).to.deep.equal(['assessment.overridden']);

        const many = await listed('TOLD-3');
        const last = await raised(many, 'conditional');
        const { group } = fine(await cases.as('officer-2').get(last)).body;
        fine(await cases.as('officer-2').post('/api/assessments/commands/confirm', { group }));
        expect(await events('steward-transport', last), 'a group would tell of hundreds').to.deep.equal([]);
        expect(await noticed(many), 'the record says it all the same').to.equal(true);
      });

      it('tells all people of a suspended organisation by mail, who cannot sign in, and keeps it for their return', async () => {
        const { organisation } = (await cases.as('enterprise-b-signatory').get('/api/me')).body;
        const wanted = { address: 'b@example.org', mode: 'at-once', language: 'en' } as const;
        await wantMail(opened.app, cases.as('enterprise-b-signatory'), wanted);
        const send = async () => {
          await opened.app.slices.notifications.mail.sendDue(opened.app.unit);
          return existsSync(mails)
            ? readdirSync(mails).map((file) => textOf(readFileSync(join(mails, file), 'utf8')))
            : [];
        };
        await send();
        const path = `/api/organisations/${organisation.id}`;
        await cases.give('admin', path, 'suspend', { reason: 'Zzfraud' });
        const letters = (await send()).filter((text) => text.includes('rest until the suspension ends'));
        expect(letters).to.have.length(1);
        expect(letters[0]).to.not.match(/zz/i);
        expect((await cases.as('enterprise-b-handler').get('/api/notifications')).status).to.equal(401);
        await cases.give('admin', path, 'resume');
        cases = await Cases.open(address);
        for (const name of ['enterprise-b-handler', 'enterprise-b-signatory'] as const)
          expect(await events(name, path), name).to.deep.equal(['organisation.suspended', 'organisation.resumed']);
        expect(await events(HANDLER, path)).to.deep.equal([]);
      });
    },
    (backend) => backend.name !== 'embedded on file',
  );
});
