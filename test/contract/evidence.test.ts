import { expect } from 'chai';
import { evidenceProblems } from '../../src/kernel/problems/evidence.js';
import { addDays, dayOf, endOfDay } from '../../src/kernel/time.js';
import type { Answer } from '../support/caller.js';
import { Cases, fine, type Name } from '../support/cases.js';
import { eachBackend } from '../support/databases.js';
import { type OpenApp, openApp, TestClock } from '../support/server.js';

const DAY = 86_400_000;
const HANDLER = 'enterprise-a-handler';

interface Condition {
  readonly kind: string;
  readonly evidenceRequired: boolean;
}

/** Evidence that belongs to an organisation, as its people, the authority and a portal meet it over HTTP. */
describe('contract: evidence of organisations', function () {
  this.timeout(240_000);

  eachBackend(
    (backend) => {
      const clock = new TestClock(Date.now());
      const today = (): string => dayOf(clock.now());
      let opened: OpenApp;
      let cases: Cases;
      let organisation: string;
      /** Two datasets of the transport body that ask for the same proof and for no other. */
      let datasets: readonly [string, string];
      let kind: string;
      let number = 0;

      before(async () => {
        opened = await openApp(backend, { seeded: true, clock });
        cases = await Cases.open(await opened.listen());
        organisation = (await cases.as(HANDLER).get('/api/me')).body.organisation.id;
        [kind, datasets] = await alike();
      });
      after(() => opened.close());

      async function alike(): Promise<[string, [string, string]]> {
        const holder = (await cases.as('reviewer-transport').get('/api/me')).body.organisation.id as string;
        const found = new Map<string, string[]>();
        const { items } = (await cases.as(HANDLER).get(`/api/datasets?tier=conditional&publisher=${holder}&limit=100`))
          .body;
        for (const { id } of items as { id: string }[]) {
          const { conditions, deliveryKinds } = (await cases.as(HANDLER).get(`/api/datasets/${id}`)).body;
          const asked = (conditions as Condition[]).filter((one) => one.evidenceRequired);
          if (asked.length !== 1 || !deliveryKinds.includes('download')) continue;
          const one = asked[0]!.kind;
          found.set(one, [...(found.get(one) ?? []), id]);
          const [first, second] = found.get(one) ?? [];
          if (first !== undefined && second !== undefined) return [one, [first, second]];
        }
        throw new Error('no two datasets ask for the same proof');
      }

      const paper = (more: object = {}): object => ({
        kind,
        issuer: 'Public security bureau',
        reference: `No. ${++number}`,
        validUntil: addDays(today(), 60),
        ...more,
      });
      const post = (more: object = {}, by: Name = HANDLER): Promise<Answer> =>
        cases.as(by).post('/api/evidence', paper(more));
      const filed = async (more: object = {}): Promise<string> => `/api/evidence/${fine(await post(more)).body.id}`;
      const verified = async (more: object = {}): Promise<string> => {
        const path = await filed(more);
        await cases.give('officer', path, 'verify', {});
        return path;
      };
      const idIn = (path: string): string => path.split('/').at(-1) as string;
      const grantOn = async (dataset: string, evidence?: string): Promise<string> => {
        const named = evidence === undefined ? [] : [{ condition: kind, evidence: idIn(evidence) }];
        const path = await cases.at('concluded', { datasets: [{ dataset }], evidence: named });
        return `/api/grants/${(await cases.as(HANDLER).get(path)).body.grants[0].id}`;
      };
      const stateOf = async (path: string): Promise<string> => (await cases.as(HANDLER).get(path)).body.state;
      const ask = async (dataset: string) => {
        const { body } = fine(
          await cases.as('portal').post('/access/v1/evaluation', {
            subject: { type: 'organisation', id: organisation },
            resource: { type: 'dataset', id: dataset },
            action: { name: 'download' },
          }),
        );
        return [body.decision, body.context.reason.code, body.context.nextStep?.code];
      };
      const eligibility = async (dataset: string) =>
        fine(await cases.as(HANDLER).get(`/api/datasets/${dataset}/eligibility`)).body;
      const kinds = (conditions: readonly Condition[]) => conditions.map((one) => one.kind);
      const later = async (days: number): Promise<void> => {
        clock.advance(days * DAY);
        cases = await Cases.open(opened.app.server.listening ? address() : '');
      };
      const address = (): string => {
        const at = opened.app.server.address();
        return `http://127.0.0.1:${typeof at === 'object' && at !== null ? at.port : 0}`;
      };
      const timeActs = async (): Promise<void> => {
        await opened.app.slices.evidence.service.letTimeAct(opened.app.unit);
        await opened.app.slices.grants.service.letTimeAct(opened.app.unit);
      };
      const withdrawAll = async (): Promise<void> => {
        const { items } = (await cases.as(HANDLER).get(`/api/evidence?kind=${kind}&limit=100`)).body;
        for (const { id, state } of items as { id: string; state: string }[])
          if (state === 'filed' || state === 'verified') await cases.give(HANDLER, `/api/evidence/${id}`, 'withdraw');
      };
      afterEach(() => withdrawAll());

      it('is filed with its document, verified by the authority, and told with what rests on it', async () => {
        const file = Buffer.from('Filing certificate');
        const uploaded = fine(
          await cases
            .as(HANDLER)
            .raw('POST', '/api/attachments?name=filing.txt', file, { 'content-type': 'application/octet-stream' }),
        ).body;
        const created = fine(await post({ attachment: uploaded.id, validFrom: today() }));
        expect([created.status, created.headers.get('location')]).to.deep.equal([
          201,
          `/api/evidence/${created.body.id}`,
        ]);
        expect(created.body).to.include({ state: 'filed', counts: false, sha256: uploaded.sha256, organisation });
        expect(created.body.allowedCommands).to.deep.equal(['withdraw']);
        const path = `/api/evidence/${created.body.id}`;
        const seen = (await cases.as('officer').get(path)).body;
        expect(seen.allowedCommands).to.deep.equal(['verify', 'reject']);
        expect(seen.kindLabel).to.have.keys('zh', 'en');
        const saved = await cases.as('officer').get(seen.file.href);
        expect([saved.status, saved.text]).to.deep.equal([200, 'Filing certificate']);
        expect(saved.headers.get('content-disposition')).to.match(/^attachment; /);
        expect((await cases.as('enterprise-b-handler').get(seen.file.href)).status).to.equal(404);

        const done = await cases.give('officer', path, 'verify', { remark: 'Asked the bureau.' });
        expect(done.body).to.include({ state: 'verified', counts: true, renewNow: false });
        expect(done.body.judged.reason).to.equal('Asked the bureau.');
        const grant = await grantOn(datasets[0], path);
        const page = (await cases.as(HANDLER).get(path)).body;
        expect(page.grants.map(({ id, state }: { id: string; state: string }) => [id, state])).to.deep.equal([
          [idIn(grant), 'active'],
        ]);
        const listed = (await cases.as(HANDLER).get('/api/evidence?state=verified')).body;
        expect(listed.items.map(({ id }: { id: string }) => id)).to.include(created.body.id);
        await cases.give('supervisor', grant, 'revoke', { reason: 'Over' });
      });

      it('verified once it meets the condition of every dataset: before applying, without naming it, for two grants', async () => {
        expect(kinds((await eligibility(datasets[0])).missing)).to.deep.equal([kind]);
        const waiting = await filed();
        expect(kinds((await eligibility(datasets[0])).missing), 'filed is not verified').to.deep.equal([kind]);
        await cases.give('approver', waiting, 'verify', {});
        for (const dataset of datasets) {
          const { met, missing, proved } = await eligibility(dataset);
          expect([kinds(met).includes(kind), kinds(missing)]).to.deep.equal([true, []]);
          expect(proved).to.deep.equal([{ kind, evidence: idIn(waiting), validUntil: addDays(today(), 60) }]);
        }
        const first = await grantOn(datasets[0]);
        const second = await grantOn(datasets[1], waiting);
        const application = (await cases.as('reviewer-transport').get(first)).body.application;
        const shown = (await cases.as('reviewer-transport').get(`/api/applications/${application}`)).body;
        expect(shown.evidenceOnFile.find(({ id }: { id: string }) => id === idIn(waiting))).to.include({
          state: 'verified',
          proves: true,
        });
        for (const [grant, dataset] of [
          [first, datasets[0]],
          [second, datasets[1]],
        ] as const) {
          const own = (await cases.as(HANDLER).get(grant)).body.conditions as { kind: string; evidence?: string }[];
          expect(own.find((one) => one.kind === kind)?.evidence).to.equal(idIn(waiting));
          expect(await ask(dataset)).to.deep.equal([true, 'granted', undefined]);
        }

        await cases.give('supervisor', waiting, 'strike-out', { reason: 'The bureau never issued it.' });
        for (const [grant, dataset] of [
          [first, datasets[0]],
          [second, datasets[1]],
        ] as const) {
          expect(await stateOf(grant)).to.equal('suspended');
          expect(await ask(dataset), 'with the next request').to.deep.equal([
            false,
            'condition-lapsed',
            'submit-evidence',
          ]);
          const proof = { condition: kind, evidence: { reference: 'My word' } };
          const again = await cases.as(HANDLER).command(grant, 'submit-evidence', proof);
          expect([again.status, again.body.code]).to.deep.equal([409, 'evidence-struck-out']);
        }
        await verified();
        for (const dataset of datasets) expect(await ask(dataset)).to.deep.equal([true, 'granted', undefined]);
        for (const grant of [first, second]) await cases.give('supervisor', grant, 'revoke', { reason: 'Over' });
      });

      it('lapses for all at once, also when nothing ran meanwhile, and its renewal resumes them', async () => {
        const path = await verified({ validUntil: addDays(today(), 40) });
        const grants = [await grantOn(datasets[0], path), await grantOn(datasets[1])];
        await later(41);
        expect(await ask(datasets[0]), 'before anything was written').to.deep.equal([
          false,
          'condition-lapsed',
          'submit-evidence',
        ]);
        await timeActs();
        expect([await stateOf(path), ...(await Promise.all(grants.map(stateOf)))]).to.deep.equal([
          'lapsed',
          'suspended',
          'suspended',
        ]);
        await verified({ replaces: idIn(path) });
        for (const dataset of datasets) expect(await ask(dataset)).to.deep.equal([true, 'granted', undefined]);
        for (const grant of grants) await cases.give('supervisor', grant, 'revoke', { reason: 'Over' });
      });

      it('near its end it asks to be renewed, and renewed in time it never stops', async () => {
        const path = await verified({ validUntil: addDays(today(), 40) });
        const grant = await grantOn(datasets[0], path);
        expect((await cases.as(HANDLER).get(path)).body.renewNow).to.equal(false);
        await later(20);
        expect((await cases.as(HANDLER).get(path)).body.renewNow).to.equal(true);
        const until = (await cases.as(HANDLER).get(path)).body.validUntil as string;
        const next = await verified({
          validFrom: addDays(until, 1),
          validUntil: addDays(until, 300),
          replaces: idIn(path),
        });
        expect((await cases.as(HANDLER).get(path)).body.renewNow, 'something follows it').to.equal(false);
        expect((await cases.as(HANDLER).get(next)).body.counts).to.equal(false);
        const end = endOfDay(until);
        for (const at of [end - 1, end, end + DAY]) {
          clock.advance(at - clock.now());
          cases = await Cases.open(address());
          expect(await ask(datasets[0])).to.deep.equal([true, 'granted', undefined]);
          await timeActs();
        }
        expect([await stateOf(path), await stateOf(next), await stateOf(grant)]).to.deep.equal([
          'lapsed',
          'verified',
          'active',
        ]);
        await cases.give('supervisor', grant, 'revoke', { reason: 'Over' });
      });

      it('in an application: named by its id or written out, never both unknown', async () => {
        const path = await filed();
        const named = [{ condition: kind, evidence: idIn(path), reference: 'other words', validUntil: today() }];
        const draft = await cases.draft({ datasets: [{ dataset: datasets[0] }], evidence: named });
        const [kept] = (await cases.as(HANDLER).get(draft)).body.evidence;
        expect(kept, 'what is on file counts').to.deep.include({
          evidence: idIn(path),
          issuer: 'Public security bureau',
          validUntil: addDays(today(), 60),
        });
        expect((await cases.as(HANDLER).get(draft)).body.warnings).to.deep.equal([]);
        const empty = await cases.as(HANDLER).change(draft, { evidence: [{ condition: kind }] });
        expect([empty.status, empty.body.code, empty.body.errors[0].pointer]).to.deep.equal([
          400,
          'invalid-body',
          '/evidence/0/reference',
        ]);
        await cases.give(HANDLER, path, 'withdraw');
        const taken = await cases.as(HANDLER).command(draft, 'submit');
        expect([taken.status, taken.body.code]).to.deep.equal([422, 'evidence-missing']);
      });

      const code = (answer: Answer) => [answer.status, answer.body.code];

      /** One scene for each code of the chapter. */
      const SCENES: Record<keyof typeof evidenceProblems, () => Promise<Answer>> = {
        'evidence-kind': () => post({ kind: 'scenario' }),
        'evidence-on-file': async () => {
          await filed({ reference: 'Twice', validUntil: undefined });
          return post({ reference: 'Twice', validUntil: undefined });
        },
        'evidence-not-replaceable': async () => post({ replaces: idIn(await filed()) }),
        'evidence-state': async () => cases.as('officer').command(await verified(), 'reject', { reason: 'Late' }),
        'unknown-evidence': async () => {
          const other = await post({ kind: 'training' }, 'enterprise-b-handler');
          const evidence = [{ condition: kind, evidence: fine(other).body.id }];
          return cases.as(HANDLER).change(await cases.draft({ datasets: [{ dataset: datasets[0] }] }), { evidence });
        },
        'evidence-struck-out': async () => {
          const path = await verified();
          const grant = await grantOn(datasets[1], path);
          await cases.give('officer', path, 'strike-out', { reason: 'Forged' });
          return cases
            .as(HANDLER)
            .command(grant, 'submit-evidence', { condition: kind, evidence: { reference: 'My word' } });
        },
        'evidence-unverified': async () => {
          const evidence = [{ condition: kind, evidence: idIn(await filed()) }];
          const path = await cases.at('authority', { datasets: [{ dataset: datasets[0] }], evidence });
          expect((await cases.as('approver').get(path)).body.allowedCommands).to.not.include('approve');
          return cases.as('approver').command(path, 'approve', { reason: 'Met' });
        },
      };
      for (const [name, { status }] of Object.entries(evidenceProblems)) {
        it(`answers ${status} ${name}`, async () => {
          expect(code(await SCENES[name as keyof typeof SCENES]())).to.deep.equal([status, name]);
        });
      }

      it('is judged on the version that was seen, and not by its own side', async () => {
        const path = await filed();
        const bare = await cases.as('officer').post(`${path}/commands/verify`, {});
        expect(code(bare)).to.deep.equal([428, 'precondition-required']);
        const stale = await cases.as('officer').post(`${path}/commands/verify`, {}, { 'if-match': '"7"' });
        expect(code(stale)).to.deep.equal([412, 'stale-etag']);
        for (const name of [HANDLER, 'enterprise-a-signatory', 'reviewer-transport', 'supervisor', 'admin'] as const)
          expect((await cases.as(name).command(path, 'verify', {})).status, name).to.equal(403);
        await cases.give('officer', path, 'reject', { reason: 'Not legible.' });
        const told = (await cases.as(HANDLER).get(path)).body;
        expect([told.state, told.judged.reason, told.allowedCommands]).to.deep.equal(['rejected', 'Not legible.', []]);
      });
    },
    (backend) => backend.name !== 'embedded on file',
  );
});
