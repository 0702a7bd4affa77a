import { expect } from 'chai';
import { eachBackend } from '../../support/databases.js';
import { chapter } from '../../support/promises.js';
import { type Account, day, done, PURPOSE, refused, Town } from '../../support/town.js';

/** The last day of 24 months from today. */
const lastDay = (): string => {
  const [year = 0, month = 1, date = 1] = day().split('-').map(Number);
  return new Date(Date.UTC(year + 2, month - 1, date)).toISOString().slice(0, 10);
};

eachBackend(
  (backend) =>
    chapter('applications', (promise) => {
      let town: Town;
      before(async () => {
        town = await Town.open(backend);
      });
      after(() => town?.close());
      const see = async (path: string, by: Account = 'enterprise-a-handler') =>
        (await (await town.as(by)).get(path)).body;
      const commands = async (path: string, by: Account) => (await see(path, by)).allowedCommands as string[];

      promise('→ 201 draft with `warnings`', async () => {
        const dataset = await town.plain();
        const created = done(await town.create([dataset]), 201);
        expect(created.body).to.include({ state: 'draft', stage: null, number: null });
        expect(created.body.warnings).to.deep.equal([]);
        expect(created.headers.get('location')).to.equal(`/api/applications/${created.body.id}`);
        const empty = done(
          await town.create([dataset], { purpose: { ...PURPOSE, scenario: '' }, delivery: 'sandbox' }),
          201,
        );
        const { warnings } = empty.body;
        const submit = await town.give('enterprise-a-handler', `/api/applications/${empty.body.id}`, 'submit');
        const blocking = warnings.filter((one: { blocking: boolean }) => one.blocking);
        expect(blocking.map((one: { code: string }) => one.code)).to.deep.equal(
          refused(submit, 422, 'scenario-missing').body.errors.map((one: { code: string }) => one.code),
        );
        for (const by of ['enterprise-a-signatory', 'approver', 'steward-transport'] as const)
          refused(await town.create([dataset], {}, by), 403, 'forbidden');
        refused(await town.create([dataset], { state: 'approved' }), 400, 'unknown-field');
        refused(await town.create([dataset], { purpose: { ...PURPOSE, category: 'fun' } }), 400, 'invalid-body');
      });

      promise('No `items` or `[]` means the whole dataset.', async () => {
        const { id, items } = await town.plain();
        for (const datasets of [[{ dataset: id }], [{ dataset: id, items: [] }]])
          expect(done(await town.create([id], { datasets })).body.datasets[0].items).to.deep.equal([]);
        const some = [{ dataset: id, items: [items[0].name] }];
        expect(done(await town.create([id], { datasets: some })).body.datasets[0].items).to.deep.equal([items[0].name]);
        refused(await town.create([id], { datasets: [{ dataset: id, items: ['nothing'] }] }), 422, 'unknown-item');
      });

      promise('Datasets of two holders in one body: 422 `several-holders`.', async () => {
        refused(await town.create([await town.plain('transport'), await town.plain('health')]), 422, 'several-holders');
      });

      promise('A `from` before today is read as today; `to` within 24 months.', async () => {
        const { id } = await town.plain();
        const period = async (from: string, to: string) => town.create([id], { period: { from, to } });
        expect(done(await period('2020-01-01', day(10))).body.period).to.deep.equal({ from: day(), to: day(10) });
        expect(done(await period(day(), lastDay())).body.period.to).to.equal(lastDay());
        refused(await period(day(), day(735)), 422, 'period-too-long');
        refused(await period('2020-01-01', '2020-02-01'), 422, 'invalid-period');
        refused(await period(day(9), day(3)), 422, 'invalid-period');
        refused(await period('2026-02-30', day(3)), 400, 'invalid-body');
      });

      promise('it creates one application per holder with a common `bundle`', async () => {
        const bundle = `bundle-${Date.now()}`;
        const sent = [
          ['reviewer-transport', 'reviewer-health', await town.submitted([await town.plain('transport')], { bundle })],
          ['reviewer-health', 'reviewer-transport', await town.submitted([await town.plain('health')], { bundle })],
        ] as const;
        for (const [own, other, path] of sent) {
          expect((await see(path, own)).bundle).to.equal(bundle);
          expect((await (await town.as(other)).get(path)).status).to.equal(404);
        }
        const { items } = await see(`/api/applications?bundle=${bundle}`);
        expect(items).to.have.length(2);
        // Each goes its own way.
        done(await town.give('enterprise-a-handler', sent[0][2], 'withdraw'));
        expect((await see(sent[1][2])).state).to.equal('submitted');
      });

      promise('`GET /api/applications?state=&queue=mine|due|overdue`', async () => {
        const path = await town.submitted([await town.plain()]);
        const id = path.split('/').pop();
        const listed = async (query: string, by: Account) =>
          (await see(`/api/applications?limit=100&${query}`, by)).items.map((one: { id: string }) => one.id);
        expect(await listed('state=submitted', 'reviewer-transport')).to.include(id);
        expect(await listed('queue=mine', 'reviewer-transport')).to.include(id);
        for (const by of ['reviewer-health', 'enterprise-b-handler', 'citizen', 'admin'] as const)
          expect(await listed('', by), by).to.not.include(id);
        expect(await listed('queue=mine', 'enterprise-a-handler')).to.not.include(id);
        refused(await (await town.as('approver')).get('/api/applications?state=open'), 400, 'invalid-query');
        refused(await (await town.as('approver')).get('/api/applications?queue=yours'), 400, 'invalid-query');
      });

      promise(
        '`{id, number, state, stage:"holder"|"authority"|null, holder, applicant, datasets:[{dataset, items, outcome?}], …, allowedCommands:[…], deadlines:[{kind, due, counted, paused, provisional, pack, source, verified}], waitingFor:{role, organisation}, agreement:{version, hash, href}, grants:[{id,…}], history, etag}`',
        async () => {
          const path = await town.submitted([await town.plain()]);
          const body = await see(path);
          expect(body).to.include.keys(
            ...'id number state stage holder applicant datasets allowedCommands deadlines'.split(' '),
            ...'waitingFor agreement grants history etag'.split(' '),
          );
          expect(body.number).to.match(/^\S+-\d{4}-\d+$/);
          expect(body.datasets[0]).to.include.keys('dataset', 'items').and.to.not.have.property('outcome');
          expect(body.deadlines[0]).to.include.keys(
            'kind',
            'due',
            'counted',
            'paused',
            'provisional',
            'pack',
            'source',
            'verified',
          );
          expect(body.deadlines[0]).to.include({ kind: 'acceptance', paused: false, verified: false });
          expect(body.waitingFor).to.deep.include({ role: 'reviewer' });
          expect(body.waitingFor.organisation.id).to.equal(body.holder.id);
          expect(body.receipt.number).to.equal(body.number);
          expect(body.receipt.due).to.equal(body.deadlines[0].due);
          const agreement = (await town.anonymous.get(body.agreement.href)).body;
          expect(agreement).to.include({ version: body.agreement.version, hash: body.agreement.hash });
        },
      );

      promise('`allowedCommands` is exactly what the server would accept from this caller now.', async () => {
        const body: Record<string, object> = {
          ask: { text: 'Why?' },
          answer: { text: 'So.' },
          remark: { text: 'Noted', private: false },
          'request-correction': { defects: [{ text: 'x' }] },
          advise: { recommendation: 'approve', remark: 'x' },
          refuse: { reasons: [{ code: 'other', text: 'x' }] },
          close: { reason: 'x' },
          appeal: { reason: 'x' },
          'decide-appeal': { outcome: 'upheld', reason: 'x' },
          extend: { reason: 'x' },
          consult: { with: 'Bureau', question: 'x' },
          'record-consultation': { view: 'x' },
          'declare-conflict': { text: 'x' },
        };
        const everyone = [
          'enterprise-a-handler',
          'enterprise-a-signatory',
          'reviewer-transport',
          'approver',
          'supervisor',
        ] as const;
        const without = ['add-member', 'remove-member', 'reassign', 'accept-agreement', 'copy-as-new'];
        const all = [
          'submit',
          'withdraw',
          'accept',
          'claim',
          'release',
          'confirm-extension',
          'approve',
          ...Object.keys(body),
        ];
        for (const stage of ['submitted', 'advised'] as const) {
          const path = await town[stage]([await town.plain()]);
          for (const by of everyone) {
            const allowed = (await commands(path, by)).filter((name) => !without.includes(name));
            for (const name of all.filter((one) => !allowed.includes(one))) {
              const { status, body: problem } = await town.give(by, path, name, body[name] ?? {});
              expect(status, `${by} ${name} on ${stage}: ${problem?.code}`).to.be.oneOf([403, 404, 409, 422]);
            }
          }
          // What is advertised is accepted: the first of each that ends nothing.
          for (const [by, name] of [
            ['enterprise-a-handler', 'remark'],
            [stage === 'submitted' ? 'reviewer-transport' : 'approver', 'claim'],
            [stage === 'submitted' ? 'reviewer-transport' : 'approver', 'ask'],
          ] as const) {
            expect(await commands(path, by)).to.include(name);
            done(await town.give(by, path, name, body[name] ?? {}), 200);
          }
        }
      });

      promise('`request-correction {defects:[{pointer?, text}]}`', async () => {
        const path = await town.submitted([await town.plain()]);
        refused(
          await town.give('reviewer-transport', path, 'request-correction', { defects: [] }),
          400,
          'invalid-body',
        );
        const defects = [{ pointer: '/securityPlan', text: 'Say who keeps it' }, { text: 'And where' }];
        done(await town.give('reviewer-transport', path, 'request-correction', { defects }));
        const sent = await see(path);
        expect(sent).to.include({ state: 'needs-correction', editable: true });
        expect(sent.defects).to.deep.equal(defects);
        expect(sent.waitingFor.role).to.equal('handler');
        expect(sent.deadlines.find((one: { kind: string }) => one.kind === 'acceptance').paused).to.equal(true);
        const handler = await town.as('enterprise-a-handler');
        done(await handler.change(path, { securityPlan: 'Two named persons, in our own data centre.' }));
        const again = done(await handler.command(path, 'submit')).body;
        expect([again.state, again.number]).to.deep.equal(['submitted', sent.number]);
        refused(await handler.change(path, { securityPlan: 'Later' }), 409, 'wrong-state');
      });

      promise('`ask {text}`, `answer {text}`, `remark {text, private}`', async () => {
        const path = await town.submitted([await town.plain()]);
        done(await town.give('reviewer-transport', path, 'ask', { text: 'Which model?' }));
        expect(await commands(path, 'enterprise-a-handler')).to.include('answer');
        done(await town.give('enterprise-a-handler', path, 'answer', { text: 'A travel-time model' }));
        done(await town.give('reviewer-transport', path, 'remark', { text: 'between us', private: true }));
        done(await town.give('reviewer-transport', path, 'remark', { text: 'to all', private: false }));
        const texts = async (by: Account) => JSON.stringify((await see(path, by)).history);
        expect(await texts('enterprise-a-handler'))
          .to.contain('Which model?')
          .and.to.contain('to all');
        expect(await texts('enterprise-a-handler')).to.not.contain('between us');
        expect(await texts('approver')).to.contain('between us');
      });

      promise(
        "Default route for conditional data: handler `submit` → holder's reviewer `accept`, `claim`, `advise` (ends the holder stage) → the authority's `approver` `approve` → applicant's `signatory` `accept-agreement` → grants active.",
        async () => {
          const path = await town.submitted([await town.plain()]);
          const at = async () => {
            const { state, stage, waitingFor } = await see(path);
            return [state, stage, waitingFor?.role ?? null];
          };
          expect(await at()).to.deep.equal(['submitted', null, 'reviewer']);
          done(await town.give('reviewer-transport', path, 'accept'));
          expect(await at()).to.deep.equal(['in-review', 'holder', 'reviewer']);
          done(await town.give('reviewer-transport', path, 'claim'));
          done(await town.give('reviewer-transport', path, 'advise', { recommendation: 'approve', remark: 'Fits' }));
          expect(await at()).to.deep.equal(['in-review', 'authority', 'approver']);
          for (const by of [
            'reviewer-transport',
            'supervisor',
            'officer',
            'enterprise-a-handler',
            'enterprise-a-signatory',
          ] as const)
            expect((await town.give(by, path, 'approve')).status, by).to.be.oneOf([403, 404]);
          const approved = done(await town.give('approver', path, 'approve', { reason: 'Met' })).body;
          expect(await at()).to.deep.equal(['approved', null, 'signatory']);
          expect(approved.grants, 'the answer shows what the command made').to.deep.equal((await see(path)).grants);
          expect(approved.grants).to.have.length(1);
          const { agreement } = approved;
          const accept = async (by: Account, more: object = {}) =>
            town.give(by, path, 'accept-agreement', { version: agreement.version, hash: agreement.hash, ...more });
          refused(await accept('enterprise-a-handler'), 403, 'command-not-yours');
          refused(await accept('enterprise-a-signatory', { hash: '0'.repeat(64) }), 409, 'agreement-changed');
          refused(await accept('enterprise-a-signatory', { version: agreement.version + 1 }), 409, 'agreement-changed');
          done(await accept('enterprise-a-signatory'));
          expect(await at()).to.deep.equal(['concluded', null, null]);
          expect((await see(`/api/grants/${approved.grants[0].id}`)).state).to.equal('active');
        },
      );

      promise('(anything narrower than asked is an approval in part)', async () => {
        const [one, two] = [await town.plain(), await town.plain()];
        const approve = async (path: string, datasets: object[]) =>
          town.give('approver', path, 'approve', { datasets });
        const path = await town.advised([one, two]);
        refused(await approve(path, [{ dataset: one.id, period: { from: day(), to: day(400) } }]), 422, 'not-narrower');
        refused(await approve(path, [{ dataset: one.id, items: ['nothing'] }]), 422, 'unknown-item');
        refused(await approve(path, [{ dataset: '01C9Z81T00ZZZZZZZZZZZZZZZZ' }]), 422, 'not-asked-for');
        refused(await approve(path, []), 422, 'nothing-approved');
        const { body } = done(await approve(path, [{ dataset: one.id, items: [one.items[0].name], quota: 5 }]));
        expect(body.state).to.equal('partly-approved');
        expect(body.datasets.map(({ outcome }: { outcome: { ruling: string } }) => outcome.ruling)).to.deep.equal([
          'approved-in-part',
          'refused',
        ]);
        expect(body.datasets[0].outcome).to.deep.include({ items: [one.items[0].name], quota: 5 });
        expect(body.grants).to.have.length(1);
      });

      promise('`refuse {reasons:[{code, text}]}`', async () => {
        const dataset = await town.plain();
        const path = await town.advised([dataset]);
        refused(await town.give('approver', path, 'refuse', { reasons: [] }), 400, 'invalid-body');
        const reasons = [{ code: 'items-excessive', text: 'Too much for this' }];
        // A deputy rules as the approver would.
        const { body } = done(await town.give('approver-deputy', path, 'refuse', { reasons }));
        expect([body.state, body.datasets[0].outcome.ruling, body.waitingFor]).to.deep.equal([
          'refused',
          'refused',
          null,
        ]);
        const told = await see(path);
        expect(told.reasons[0]).to.include(reasons[0]);
        expect(told.reasons[0].remedy, 'what would make it approvable').to.be.a('string').and.not.equal('');
        expect(await town.reason(dataset)).to.equal('no-grant');
      });

      promise('`appeal {reason}`, `decide-appeal {outcome, reason}`', async () => {
        const dataset = await town.plain();
        const path = await town.advised([dataset]);
        done(await town.give('approver-deputy', path, 'refuse', { reasons: [{ code: 'other', text: 'No' }] }));
        expect(await commands(path, 'enterprise-a-handler')).to.include('appeal');
        done(await town.give('enterprise-a-handler', path, 'appeal', { reason: 'We need it' }));
        expect((await see(path)).waitingFor.role).to.equal('approver');
        const decided = { outcome: 'reopened', reason: 'Not looked at closely' };
        expect(await commands(path, 'approver-deputy'), 'not by whoever refused').to.not.include('decide-appeal');
        expect((await town.give('approver-deputy', path, 'decide-appeal', decided)).status).to.equal(403);
        const reopened = done(await town.give('approver', path, 'decide-appeal', decided)).body;
        expect([reopened.state, reopened.stage]).to.deep.equal(['in-review', 'authority']);
        expect(reopened.datasets[0]).to.not.have.property('outcome');
      });

      promise('`submit`, `withdraw {reason?}`', async () => {
        const path = await town.submitted([await town.plain()]);
        refused(await town.give('enterprise-b-handler', path, 'withdraw'), 404, 'not-found');
        const { body } = done(await town.give('enterprise-a-signatory', path, 'withdraw', { reason: 'Not needed' }));
        expect([body.state, body.waitingFor]).to.deep.equal(['withdrawn', null]);
        refused(await town.give('reviewer-transport', path, 'accept'), 409, 'wrong-state');
        const copied = done(await town.give('enterprise-a-handler', path, 'copy-as-new'), 201).body;
        expect([copied.state, copied.copiedFrom]).to.deep.equal(['draft', body.id]);
      });

      promise('`extend {reason}` + `confirm-extension`', async () => {
        const path = await town.advised([await town.plain()]);
        const due = async () =>
          (await see(path)).deadlines.find((one: { kind: string }) => one.kind === 'decision').due;
        const before = await due();
        done(await town.give('approver', path, 'extend', { reason: 'A hard case' }));
        expect(await due()).to.equal(before);
        refused(await town.give('approver', path, 'confirm-extension'), 403, 'second-person');
        done(await town.give('approver-deputy', path, 'confirm-extension'));
        expect((await due()) > before).to.equal(true);
      });

      promise('`declare-conflict {text}`', async () => {
        const path = await town.advised([await town.plain()]);
        done(await town.give('approver', path, 'declare-conflict', { text: 'My brother works there' }));
        expect(await commands(path, 'approver')).to.not.include('approve');
        refused(await town.give('approver', path, 'approve'), 403, 'declared-conflict');
        done(await town.give('approver-deputy', path, 'approve'));
      });

      promise(
        '`research`, `product-development`, `public-service`, `education`, `operations`, `journalism`, `marketing`, `other`',
        async () => {
          for (const category of [
            'research',
            'product-development',
            'public-service',
            'education',
            'operations',
            'journalism',
            'marketing',
            'other',
          ])
            done(await town.create([await town.plain('health')], { purpose: { category, scenario: 'x' } }), 201);
          // A natural person asks and signs for themselves.
          const dataset = await town.plain();
          const path = await town.advised([dataset], {}, 'citizen');
          done(await town.give('approver', path, 'approve'));
          expect(done(await town.sign(path, 'citizen')).body.state).to.equal('concluded');
          const { subject } = await town.me('citizen');
          expect(await town.reason(dataset, { subject: { type: 'user', id: subject.id } })).to.equal('granted');
        },
      );
    }),
  ({ name }) => name !== 'embedded on file',
);
