import { expect } from 'chai';
import { addDays, dayOf } from '../../src/kernel/time.js';
import type { supervisionProblems } from '../../src/kernel/problems/supervision.js';
import type { Answer } from '../support/caller.js';
import { logFaults } from '../support/log-faults.js';
import { Cases, fine, type Name } from '../support/cases.js';
import { eachDialect } from '../support/databases.js';
import { type OpenApp, openApp, TestClock } from '../support/server.js';

const ABSENT = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
const SECRET = 'My number 13800138000 is in row 17';

/** Objections to quality and complaints about rights, over HTTP, as those meet them who file, answer and decide. */
describe('contract: complaints', function () {
  this.timeout(240_000);

  eachDialect((backend) => {
    const clock = new TestClock(Date.now());
    let opened: OpenApp;
    let address: string;
    let cases: Cases;
    /** The next dataset that no other test has touched. */
    let next = 0;
    before(async () => {
      opened = await openApp(backend, { seeded: true, clock });
      address = await opened.listen();
      cases = await Cases.open(address);
    });
    after(() => opened.close());

    const fresh = (): string => cases.datasets[next++] as string;
    const refused = (
      answer: Answer,
      status: number,
      code: keyof typeof supervisionProblems | (string & {}),
    ): Answer => {
      expect([answer.status, answer.body.code], answer.text).to.deep.equal([status, code]);
      return answer;
    };
    const object = (by: Name, body: object) => cases.as(by).post('/api/objections', body);
    const wrong = (by: Name, dataset: string, more: object = {}) =>
      object(by, { about: 'quality', dataset, fault: 'wrong-values', reason: SECRET, ...more });
    const harmed = (by: Name, dataset: string, more: object = {}) =>
      object(by, {
        about: 'rights',
        dataset,
        right: 'personal-information',
        reason: SECRET,
        evidence: 'Row 17',
        ...more,
      });
    const pathOf = ({ body }: Answer): string => `/api/complaints/${body.id}`;
    const give = (by: Name, path: string, command: string, body: object = {}) =>
      cases.as(by).command(path, command, body);
    const page = async (dataset: string, by: Name = 'anonymous') =>
      fine(await cases.as(by).get(`/api/datasets/${dataset}`)).body;
    const notice = async (dataset: string, code: string) =>
      (await page(dataset)).notices.find((one: { code: string }) => one.code === code);
    const listed = async (by: Name, search = ''): Promise<string[]> =>
      fine(await cases.as(by).get(`/api/complaints?limit=100${search}`)).body.items.map(
        ({ id }: { id: string }) => `/api/complaints/${id}`,
      );
    const entries = async (path: string): Promise<{ event: string; actor: object; data: object }[]> =>
      (
        await cases
          .as('auditor')
          .get(`/api/audit/entries?subjectKind=complaint&subjectId=${path.split('/').at(-1)}&after=0`)
      ).body.items;
    const context = async (dataset: string, items?: readonly string[]) => {
      const handler = (await cases.as('enterprise-a-handler').get('/api/me')).body.organisation.id;
      const { body } = await cases.as('portal').post('/access/v1/evaluation', {
        subject: { type: 'organisation', id: handler },
        resource: { type: 'dataset', id: dataset, ...(items && { properties: { items } }) },
        action: { name: 'download' },
        context: { purpose: 'research' },
      });
      return body.context;
    };
    const reason = async (dataset: string, items?: readonly string[]): Promise<string> =>
      (await context(dataset, items)).reason.code;
    const VERIFIED = { finding: 'founded', remark: 'It is there' };

    describe('an objection to quality', () => {
      it('gets a number and a day, and marks the dataset at once, by a count and no name', async () => {
        const dataset = fresh();
        const { body } = fine(await wrong('citizen', dataset));
        expect(body).to.deep.include({ about: 'quality', state: 'open', fault: 'wrong-values', right: null, dataset });
        expect(body.number).to.match(/^TG-Q-\d{4}-\d{6}$/);
        expect(body.deadline).to.deep.include({ workingDays: 10, verified: false, overdue: false });
        expect(body.deadline.due > addDays(dayOf(clock.now()), 10), 'working days').to.equal(true);
        fine(await wrong('enterprise-a-handler', dataset));
        fine(await wrong('anonymous', dataset, { fault: 'broken-file' }));
        const { text } = await notice(dataset, 'quality-objected');
        expect(text).to.equal(
          'Objections to the quality of this data are being handled: wrong values (2), broken file or interface (1).',
        );
        const record = await page(dataset);
        expect(record.notices.filter(({ code }: { code: string }) => code === 'quality-objected')).to.have.length(1);
        expect(JSON.stringify(record)).to.not.include('13800138000');
        expect(record.state, 'it is served on').to.equal('listed');
      });

      it('is answered by the holder; the answer is public, its author and words are not; the notice goes with the last', async () => {
        const dataset = fresh();
        const one = pathOf(fine(await wrong('enterprise-a-handler', dataset)));
        const other = pathOf(fine(await wrong('citizen', dataset, { fault: 'missing' })));
        for (const name of ['anonymous', 'enterprise-b-handler', 'steward-health'] as const)
          refused(await cases.as(name).get(one), 404, 'not-found');
        const holder = (await cases.as('reviewer-transport').get(one)).body;
        expect(holder).to.include({ reason: SECRET, complainant: null });
        expect(holder.allowedCommands).to.deep.equal(['answer']);
        refused(await give('reviewer-health', one, 'answer', { outcome: 'not-accepted', text: 'x' }), 404, 'not-found');
        refused(await give('approver', one, 'answer', { outcome: 'not-accepted', text: 'x' }), 403, 'forbidden');
        refused(
          await give('steward-transport', one, 'answer', { outcome: 'mended', text: 'x' }),
          422,
          'complaint-answer',
        );
        const stale = { 'if-match': '"99"' };
        const body = { outcome: 'not-accepted', text: 'x' };
        refused(await cases.as('steward-transport').post(`${one}/commands/answer`, body, stale), 412, 'stale-etag');
        refused(await cases.as('steward-transport').post(`${one}/commands/answer`, body), 428, 'precondition-required');
        const mended = { outcome: 'mended', text: 'Put right', mendedOn: dayOf(clock.now()) };
        fine(await give('steward-transport', one, 'answer', mended));
        expect(await notice(dataset, 'quality-objected'), 'one is left').to.not.equal(undefined);
        fine(
          await give('reviewer-transport', other, 'answer', { outcome: 'not-accepted', text: 'All rows are there' }),
        );
        expect(await notice(dataset, 'quality-objected')).to.equal(undefined);
        const seen = (await cases.as('anonymous').get(one)).body;
        expect(seen).to.deep.include({ state: 'answered', outcome: 'mended', reason: null, complainant: null });
        expect(seen.answer).to.deep.include({ text: 'Put right', mendedOn: dayOf(clock.now()) });
        expect(await listed('anonymous', `&dataset=${dataset}`)).to.have.members([one, other]);
        expect((await cases.as('enterprise-a-handler').get(one)).body.complainant.person).to.match(/\S/);
        refused(await give('steward-transport', one, 'answer', mended), 409, 'complaint-state');
      });

      it('is followed by its number by whoever has it, without words and author; one about rights is not', async () => {
        const dataset = cases.datasets[0] as string;
        const { number } = fine(await wrong('anonymous', dataset)).body;
        const found = async (name: Name, wanted: string) =>
          fine(await cases.as(name).get(`/api/complaints?number=${wanted}`)).body.items;
        for (const name of ['anonymous', 'enterprise-b-handler'] as const) {
          const [line, ...more] = await found(name, number);
          expect(more).to.deep.equal([]);
          expect(line).to.deep.include({ number, state: 'open', dataset, outcome: null });
          expect(JSON.stringify(line)).to.not.include(SECRET);
        }
        expect(await found('anonymous', 'TG-Q-2019-000001')).to.deep.equal([]);
        refused(await cases.as('anonymous').get('/api/complaints?number=TG-Q-'), 400, 'invalid-query');
        const rights = { about: 'rights', dataset, right: 'privacy', reason: SECRET };
        const complaint = fine(await object('citizen', rights)).body;
        expect(await found('anonymous', complaint.number)).to.deep.equal([]);
        expect(await found('citizen', complaint.number)).to.have.length(1);
      });

      it('names one thing that is there, and what its kind says', async () => {
        const dataset = fresh();
        refused(await wrong('citizen', ABSENT), 422, 'unknown-dataset');
        refused(await wrong('steward-transport', dataset), 422, 'own-data');
        refused(await wrong('citizen', dataset, { items: ['no such item'] }), 422, 'unknown-item');
        refused(await wrong('citizen', dataset, { distribution: ABSENT }), 422, 'unknown-distribution');
        refused(await wrong('citizen', dataset, { right: 'privacy' }), 400, 'invalid-body');
        refused(await object('citizen', { about: 'quality', dataset, reason: 'x' }), 400, 'invalid-body');
        refused(await wrong('citizen', dataset, { state: 'answered' }), 400, 'unknown-field');
        refused(await wrong('portal', dataset), 403, 'forbidden');
        const tier = { about: 'tier', dataset, tier: 'open', reason: 'x' };
        refused(await object('anonymous', tier), 401, 'sign-in-required');
        refused(await object('approver', tier), 403, 'forbidden');
        refused(await object('enterprise-a-handler', { ...tier, right: 'intellectual-property' }), 400, 'invalid-body');
        expect(await notice(dataset, 'quality-objected'), 'nothing half done').to.equal(undefined);
      });

      it('is taken once of one account for one fault, and of visitors up to a number', async () => {
        const dataset = fresh();
        const first = fine(await wrong('citizen', dataset)).body;
        const again = refused(await wrong('citizen', dataset), 409, 'complaint-open');
        expect(again.body.linked.complaint).to.equal(first.id);
        fine(await give('citizen', `/api/complaints/${first.id}`, 'take-back'));
        fine(await wrong('citizen', dataset));
        for (let nth = 0; nth < 5; nth++) fine(await wrong('anonymous', dataset));
        const many = refused(await wrong('anonymous', dataset), 429, 'too-many-visitors');
        expect(Number(many.headers.get('retry-after'))).to.be.within(1, 86_400);
        fine(await wrong('enterprise-b-handler', dataset));
      });
    });

    describe('a complaint about rights', () => {
      it('makes the data rest at once on every question, and resumes it by a ruling of two', async () => {
        const dataset = fresh();
        const grant = await cases.granted(dataset);
        expect(await reason(dataset)).to.equal('granted');
        const filed = fine(await harmed('citizen', dataset, { onBehalfOf: 'My mother' })).body;
        const path = `/api/complaints/${filed.id}`;
        expect(filed).to.deep.include({ about: 'rights', state: 'open', rests: true });
        expect([filed.number.slice(0, 5), filed.allowedCommands]).to.deep.equal(['TG-R-', ['take-back']]);
        expect(await reason(dataset)).to.equal('dataset-suspended');
        expect((await cases.as('enterprise-a-handler').get(grant)).body.state).to.equal('suspended');
        expect([(await page(dataset)).state, (await notice(dataset, 'rights-held')).text]).to.deep.equal([
          'suspended',
          'A complaint about rights is being looked into. Until that is decided the dataset is not served.',
        ]);
        const restore = await give('steward-transport', `/api/datasets/${dataset}`, 'restore');
        refused(restore, 409, 'dataset-state');
        expect(restore.body.detail).to.include('rights complaint');
        refused(await give('approver', path, 'rule', { outcome: 'resume', text: 'x' }), 409, 'complaint-state');
        fine(await give('reviewer-transport', path, 'report-finding', { finding: 'unfounded', remark: 'No such row' }));
        const before = (await cases.as('approver').get(path)).body;
        expect(before.complainant.onBehalfOf).to.equal('My mother');
        expect(before.allowedCommands).to.deep.equal(['rule']);
        const ended = fine(await give('approver', path, 'rule', { outcome: 'resume', text: 'It is not in it' })).body;
        expect(ended).to.deep.include({ state: 'answered', outcome: 'resume', rests: false });
        expect(await reason(dataset)).to.equal('granted');
        expect((await cases.as('enterprise-a-handler').get(grant)).body.state).to.equal('active');
        expect((await cases.as('citizen').get(path)).body.answer.text).to.equal('It is not in it');
        expect(await notice(dataset, 'rights-held')).to.equal(undefined);
      });

      it('about items lets those rest, and the others be served', async () => {
        const dataset = fresh();
        const items = (await page(dataset)).items.map(({ name }: { name: string }) => name);
        const grant = await cases.granted(dataset);
        fine(await harmed('citizen', dataset, { items: [items[0]] }));
        expect([
          await reason(dataset),
          await reason(dataset, [items[0]]),
          await reason(dataset, [items[1]]),
        ]).to.deep.equal(['dataset-suspended', 'dataset-suspended', 'granted']);
        const others = { covered: items.slice(1), missing: [items[0]] };
        expect((await context(dataset)).items, 'a portal may ask for the others').to.deep.equal(others);
        expect((await context(dataset, [items[0]])).items).to.equal(undefined);
        const using = cases.as('enterprise-a-handler');
        const { data, restingItems, inForce } = fine(await using.get(grant)).body;
        const expected = { data: 'in-part', restingItems: [items[0]], inForce: 'yes' };
        expect({ data, restingItems, inForce }).to.deep.equal(expected);
        const list = fine(await using.get(`/api/grants?dataset=${dataset}`)).body.items;
        expect(list.map((one: { data: string }) => one.data)).to.deep.equal(['in-part']);
        expect((await page(dataset)).state).to.equal('listed');
        expect((await notice(dataset, 'rights-held')).text).to.include(items[0]);
      });

      it('is seen by those it concerns, its author by those who decide, neither in the log', async () => {
        const path = pathOf(fine(await harmed('citizen', fresh())));
        for (const name of ['anonymous', 'enterprise-a-handler', 'steward-health', 'portal'] as const) {
          refused(await cases.as(name).get(path), 404, 'not-found');
          expect(await listed(name), name).to.not.include(path);
        }
        for (const name of ['steward-transport', 'reviewer-transport', 'supervisor', 'auditor'] as const) {
          const { body } = await cases.as(name).get(path);
          expect([body.reason, body.complainant], name).to.deep.equal([SECRET, null]);
        }
        const me = (await cases.as('citizen').get('/api/me')).body.subject.id;
        expect((await cases.as('approver').get(path)).body.complainant.person).to.equal(me);
        expect(await listed('citizen', '&queue=mine')).to.include(path);
        expect(await listed('approver', '&about=rights&queue=due')).to.include(path);
        const told = JSON.stringify(await entries(path));
        expect(told).to.include('complaint.filed');
        for (const hidden of [me, '13800138000', 'Row 17']) expect(told).to.not.include(hidden);
      });

      it('comes with files, which those who decide may save', async () => {
        const header = { 'content-type': 'application/octet-stream' };
        const sent = await cases
          .as('citizen')
          .raw('POST', '/api/attachments?name=letter.txt', Buffer.from('Dear'), header);
        const file = fine(sent).body.id;
        const dataset = fresh();
        refused(await harmed('enterprise-a-handler', dataset, { attachments: [file] }), 422, 'unknown-attachment');
        const filed = fine(await harmed('citizen', dataset, { attachments: [file] })).body;
        expect(filed.attachments).to.deep.equal([
          { id: file, name: 'letter.txt', href: `/api/complaints/${filed.id}/attachments/${file}` },
        ]);
        const saved = await cases.as('approver').get(filed.attachments[0].href);
        expect([saved.status, saved.text]).to.deep.equal([200, 'Dear']);
        refused(await cases.as('enterprise-a-handler').get(filed.attachments[0].href), 404, 'not-found');
        refused(await cases.as('approver').get(`/api/complaints/${filed.id}/attachments/${ABSENT}`), 404, 'not-found');
      });

      it('without evidence suspends by hand only; what is manifestly unfounded is lifted by two', async () => {
        const dataset = fresh();
        const path = pathOf(
          fine(
            await object('enterprise-b-handler', {
              about: 'rights',
              dataset,
              right: 'trade-secret',
              reason: 'Ours',
            }),
          ),
        );
        expect((await page(dataset)).state).to.equal('listed');
        fine(await give('supervisor', path, 'suspend', { reason: 'Plausible' }));
        expect((await page(dataset)).state).to.equal('suspended');
        refused(await give('supervisor', path, 'suspend', { reason: 'Twice' }), 409, 'complaint-state');
        refused(await give('supervisor', path, 'confirm-lift', { reason: 'Alone' }), 409, 'complaint-state');
        fine(await give('reviewer-transport', path, 'propose-lift', { reason: 'Published by themselves' }));
        expect((await page(dataset)).state, 'one person lifts nothing').to.equal('suspended');
        refused(await give('reviewer-transport', path, 'confirm-lift', { reason: 'x' }), 403, 'forbidden');
        const lifted = fine(await give('supervisor', path, 'confirm-lift', { reason: 'So it is' })).body;
        expect([lifted.state, lifted.rests, lifted.lift.confirmed.reason]).to.deep.equal(['open', false, 'So it is']);
        expect((await page(dataset)).state).to.equal('listed');
        refused(
          await object('anonymous', { about: 'rights', dataset, right: 'privacy', reason: 'x' }),
          401,
          'sign-in-required',
        );
      });

      it('withdraws the data whatever its publisher does, until two people let it go, with effect at the next request', async () => {
        const dataset = fresh();
        const path = pathOf(fine(await harmed('enterprise-b-handler', dataset)));
        refused(await give('steward-transport', path, 'propose-release', { reason: 'x' }), 409, 'complaint-state');
        fine(await give('steward-transport', path, 'report-finding', VERIFIED));
        refused(
          await give('approver', path, 'rule', { outcome: 'withdraw', text: 'x', items: [] }),
          422,
          'complaint-answer',
        );
        fine(await give('approver', path, 'rule', { outcome: 'withdraw', text: 'Your right prevails' }));
        refused(await cases.as('anonymous').get(`/api/datasets/${dataset}`), 404, 'not-found');
        fine(await give('steward-transport', `/api/datasets/${dataset}`, 'restore'));
        expect((await page(dataset)).state).to.equal('suspended');
        expect(await reason(dataset)).to.equal('dataset-suspended');
        refused(await give('approver', path, 'propose-release', { reason: 'x' }), 403, 'forbidden');
        refused(await give('approver', path, 'confirm-release', { reason: 'x' }), 409, 'complaint-state');
        fine(await give('steward-transport', path, 'propose-release', { reason: 'The column is gone.' }));
        expect(await reason(dataset), 'one person lets nothing go').to.equal('dataset-suspended');
        refused(await give('supervisor', path, 'confirm-release', { reason: 'x' }), 403, 'forbidden');
        fine(await give('approver', path, 'decline-release', { reason: 'The column is still there.' }));
        refused(await give('approver', path, 'confirm-release', { reason: 'x' }), 409, 'complaint-state');
        const { release, allowedCommands } = (await cases.as('steward-transport').get(path)).body;
        expect(release.declined.reason).to.equal('The column is still there.');
        expect(allowedCommands, 'it may be proposed anew').to.deep.equal(['propose-release']);
        fine(await give('steward-transport', path, 'propose-release', { reason: 'The column is gone.' }));
        const { body } = fine(await give('approver', path, 'confirm-release', { reason: 'So it is.' }));
        expect([body.rests, body.release.reason, body.release.confirmed.reason]).to.deep.equal([
          false,
          'The column is gone.',
          'So it is.',
        ]);
        expect(await reason(dataset)).to.not.equal('dataset-suspended');
        expect(await page(dataset)).to.include({ state: 'listed', tierStatus: 'pending-review' });
        const told = (await entries(path)).map(({ event }) => event);
        expect(told.slice(-2)).to.deep.equal(['complaint.release-proposed', 'complaint.released']);
        expect(JSON.stringify(await entries(path)), 'what people wrote is not in the log').to.not.include('column');
      });

      it('treats the data and reopens it once its tier is confirmed anew', async () => {
        const dataset = fresh();
        const path = pathOf(fine(await harmed('enterprise-b-handler', dataset)));
        fine(await give('steward-transport', path, 'report-finding', VERIFIED));
        const items = [(await page(dataset)).items[0].name];
        const bad = { outcome: 'treat-and-reopen', text: 'Mask it', items: ['none such'] };
        refused(await give('approver', path, 'rule', bad), 422, 'unknown-item');
        fine(await give('approver', path, 'rule', { ...bad, items }));
        expect([(await page(dataset)).state, await reason(dataset, items)]).to.deep.equal([
          'listed',
          'dataset-suspended',
        ]);
        refused(await give('approver', path, 'treat', { text: 'x' }), 403, 'forbidden');
        const { body: treated } = fine(await give('steward-transport', path, 'treat', { text: 'Masked' }));
        expect([treated.state, treated.rests, treated.deadline]).to.deep.equal(['treating', true, null]);
        const { tier, tierStatus } = await page(dataset);
        expect(tierStatus).to.equal('pending-review');
        const at = `/api/datasets/${dataset}`;
        const proposed = fine(await give('steward-transport', at, 'propose-tier', { tier, reason: 'Masked' })).body;
        expect(await reason(dataset, items), 'not yet').to.equal('dataset-suspended');
        fine(await give('officer', `/api/assessments/${proposed.id}`, 'confirm'));
        const { body } = await cases.as('enterprise-b-handler').get(path);
        expect([body.state, body.rests, body.reopened.assessment]).to.deep.equal(['answered', false, proposed.id]);
        expect(await reason(dataset, items)).to.not.equal('dataset-suspended');
      });

      it('is limited for one account, that nobody takes the catalogue off the net', async () => {
        const mine: Answer[] = [];
        for (const right of ['privacy', 'trade-secret', 'business-secret', 'intellectual-property', 'other-right'])
          mine.push(fine(await harmed('enterprise-a-signatory', fresh(), { right })));
        expect(mine.map(({ body }) => body.rests)).to.deep.equal([true, true, true, false, false]);
        refused(await harmed('enterprise-a-signatory', fresh()), 422, 'too-many-complaints');
        for (const one of mine) fine(await give('enterprise-a-handler', pathOf(one), 'take-back'));
      });

      it('is told once to be overdue; then the authority looks into it, and another of it decides', async () => {
        const dataset = fresh();
        const path = pathOf(fine(await harmed('enterprise-b-signatory', dataset)));
        refused(await give('approver', path, 'report-finding', VERIFIED), 403, 'forbidden');
        clock.advance(40 * 86_400_000);
        cases = await Cases.open(address);
        const { complaints } = opened.app.slices.supervision;
        await Promise.all([1, 2, 3].map(() => complaints.letTimeAct(opened.app.unit)));
        const overdue = await listed('supervisor', '&queue=overdue');
        expect(overdue).to.include(path);
        for (const one of overdue)
          expect(
            (await entries(one)).filter(({ event }) => event === 'complaint.overdue'),
            one,
          ).to.have.length(1);
        const desk = (await cases.as('supervisor').get('/api/supervision')).body.complaints;
        expect(desk.overdue).to.equal(overdue.length);
        expect(desk.rights).to.equal((await listed('supervisor', '&about=rights&queue=due')).length);
        fine(await give('approver', path, 'report-finding', VERIFIED));
        const ruling = { outcome: 'resume', text: 'x' };
        refused(await give('approver', path, 'rule', ruling), 403, 'complaint-second-person');
        fine(await give('approver-deputy', path, 'rule', { ...ruling, manifestly: true }));
      });

      it('replays the same filing, and leaves a log that verifies', async () => {
        const body = { about: 'rights', dataset: fresh(), right: 'privacy', reason: 'x', evidence: 'y' };
        const key = { 'idempotency-key': `complaint-${backend.name}` };
        const [one, same] = await Promise.all([
          cases.as('citizen').post('/api/objections', body, key),
          cases.as('citizen').post('/api/objections', body, key),
        ]);
        expect(one.body.id).to.equal(same.body.id);
        expect(await logFaults(opened.app)).to.deep.equal([]);
      });
    });
  });
});
