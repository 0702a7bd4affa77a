import { expect } from 'chai';
import { eachBackend } from '../../support/databases.js';
import { chapter } from '../../support/promises.js';
import { type Account, done, PURPOSE, refused, Town } from '../../support/town.js';

// oxlint-disable-next-line typescript/no-explicit-any -- bodies as a stranger sees them
type Body = any;

eachBackend(
  (backend) =>
    chapter('decisions', (promise) => {
      let town: Town;
      /** A dataset of the transport body that enterprise A may have for research, and the grant. */
      let dataset: Body;
      let grant: string;
      let organisation: Body;
      before(async () => {
        town = await Town.open(backend);
        await town.plain(); // the one of which enterprise B has a grant from the seeds
        dataset = await town.plain();
        grant = (await town.granted([dataset])).grant;
        organisation = (await town.me('enterprise-a-handler')).organisation;
      });
      after(() => town?.close());
      const NOBODY = { subject: { type: 'anonymous', id: 'anonymous' } };
      const user = (id: string, properties?: object) => ({
        subject: { type: 'user', id, ...(properties && { properties }) },
      });
      const resource = (type: string, id: string, properties?: object) => ({
        resource: { type, id, ...(properties && { properties }) },
      });
      const openData = async () =>
        (await town.anonymous.get('/api/datasets?tier=open&limit=1')).body.items[0].id as string;

      promise(
        '`{decision, context:{reason:{code, text}, obligations?:[{type, …}], nextStep?:{code, href?}, grant?, purpose?, policyVersion, revision, validUntil, evaluationId}}`',
        async () => {
          const { decision, context } = await town.ask(dataset);
          expect(decision).to.equal(true);
          expect(context).to.include.keys(
            'reason',
            'obligations',
            'grant',
            'purpose',
            'policyVersion',
            'revision',
            'validUntil',
            'evaluationId',
          );
          expect(`/api/grants/${context.grant}`).to.equal(grant);
          expect(context.obligations.map(({ type }: Body) => type)).to.include.members(['attribute', 'count']);
          const denied = await town.ask(await town.plain());
          expect(denied.context.nextStep).to.include({ code: 'apply' });
          expect(denied.context).to.not.have.any.keys('obligations', 'grant');
          const words = (await town.anonymous.get('/api/vocabulary')).body;
          for (const one of [context, denied.context]) {
            expect(words.reasons).to.have.property(one.reason.code);
            if (one.nextStep) expect(words.nextSteps).to.have.property(one.nextStep.code);
            for (const { type } of one.obligations ?? []) expect(words.obligations).to.have.property(type);
          }
        },
      );

      promise('`validUntil` = the earlier of the next lapse and now + the staleness bound.', async () => {
        const { validUntil } = (await town.ask(dataset)).context;
        expect(validUntil).to.match(/^\d{4}-.*\.\d{3}Z$/);
        expect(Date.parse(validUntil) - Date.now()).to.be.within(0, 2000);
      });

      promise('`{type:"organisation", id}` (id or unified social credit code)', async () => {
        for (const id of [organisation.id, organisation.creditCode])
          expect(await town.reason(dataset, { subject: { type: 'organisation', id } })).to.equal('granted');
        for (const id of ['no-such', organisation.id.toLowerCase(), `${organisation.creditCode.slice(0, -1)}?`])
          expect(await town.reason(dataset, { subject: { type: 'organisation', id } })).to.equal('unknown-subject');
      });

      promise('(our id, or `sub` with its issuer; a user in several organisations names one)', async () => {
        const { subject } = await town.me('enterprise-a-handler');
        const [, claims = ''] = (await town.as('enterprise-a-handler')).token?.split('.') ?? [];
        const { iss, sub } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { iss: string; sub: string };
        expect(await town.reason(dataset, user(subject.id))).to.equal('granted');
        expect(await town.reason(dataset, user(sub, { issuer: iss }))).to.equal('granted');
        expect(await town.reason(dataset, user(sub, { issuer: 'https://elsewhere.example.org' }))).to.equal(
          'unknown-subject',
        );
        expect(await town.reason(dataset, user(sub, { organisation: organisation.id }))).to.equal('granted');
        const rival = (await town.me('enterprise-b-handler')).organisation.id;
        expect(await town.reason(dataset, user(sub, { organisation: rival }))).to.equal('unknown-subject');
      });

      promise('`{type:"anonymous", id:"anonymous"}`', async () => {
        const open = await openData();
        expect(await town.reason(open, NOBODY)).to.equal('open-data');
        expect(await town.ask(dataset, NOBODY)).to.deep.include({ decision: false });
        expect(await town.reason(dataset, NOBODY)).to.equal('sign-in-required');
        expect(await town.reason(open, { subject: { type: 'anonymous', id: 'somebody' } })).to.equal('unknown-subject');
      });

      promise(
        "id is ours, or the publisher's identifier together with `publisher`; an ambiguous one denies.",
        async () => {
          const { identifier, publisher, distributions } = dataset;
          expect(await town.reason('', resource('dataset', identifier, { publisher: publisher.id }))).to.equal(
            'granted',
          );
          expect(await town.reason('', resource('distribution', distributions[0].id))).to.equal('granted');
          const other = (await town.me('steward-health')).organisation.id;
          expect(await town.reason('', resource('dataset', identifier, { publisher: other }))).to.equal(
            'unknown-resource',
          );
          const health = await town.as('steward-health');
          done(await health.post('/api/datasets', { identifier, title: { zh: '同号' } }), 201);
          expect(await town.reason('', resource('dataset', identifier))).to.equal('ambiguous-resource');
          expect(await town.reason('', resource('dataset', identifier, { publisher: publisher.id }))).to.equal(
            'granted',
          );
        },
      );

      promise('`{name:"read"|"download"|"api"|"sandbox"}`; `read` is the catalogue record.', async () => {
        expect(await town.reason(await town.plain(), { ...NOBODY, action: { name: 'read' } })).to.equal(
          'catalogue-record',
        );
        expect(await town.reason(dataset, { action: { name: 'delete' } })).to.equal('unknown-action');
        expect((await town.ask(dataset, { action: { name: 'sandbox' } })).decision).to.equal(false);
        expect((await town.ask(dataset, { action: { name: 'Download' } })).decision).to.equal(false);
      });

      promise(
        "Without `purpose` and with exactly one live grant, that grant's purpose is used and returned; otherwise deny `purpose-required`.",
        async () => {
          const two = await town.plain();
          await town.granted([two]);
          expect((await town.ask(two)).context).to.include({ purpose: 'research' });
          const teaching = { purpose: { ...PURPOSE, category: 'education' } };
          const second = await town.granted([two], {}, teaching);
          const { decision, context } = await town.ask(two);
          expect([decision, context.reason.code, context.nextStep.code]).to.deep.equal([
            false,
            'purpose-required',
            'name-purpose',
          ]);
          expect(context, 'none of the two was meant').to.not.have.any.keys('grant', 'purpose');
          for (const purpose of ['research', 'education'])
            expect((await town.ask(two, { context: { purpose } })).decision).to.equal(true);
          expect(await town.reason(two, { context: { purpose: 'marketing' } })).to.equal('purpose-mismatch');
          done(await town.give('enterprise-a-handler', second.grant, 'relinquish', { reason: 'Done' }));
          expect((await town.ask(two)).context).to.include({ purpose: 'research' });
        },
      );

      promise("A caller's time never decides.", async () => {
        const context = { time: '2050-01-01T00:00:00Z', now: 4_000_000_000_000 };
        expect(await town.reason(dataset, { context })).to.equal('granted');
      });

      promise(
        'No `items` asks for the whole dataset; a part-approval then denies `items-partly-covered` with the covered ones.',
        async () => {
          const part = await town.plain();
          const [one, two, three] = part.items.map(({ name }: Body) => name);
          await town.granted([part], { datasets: [{ dataset: part.id, items: [one, two] }] });
          const whole = await town.ask(part);
          expect([whole.decision, whole.context.reason.code]).to.deep.equal([false, 'items-partly-covered']);
          expect(whole.context.items.covered).to.deep.equal([one, two]);
          const items = async (...wanted: string[]) => town.ask('', resource('dataset', part.id, { items: wanted }));
          const some = await items(one);
          expect(some.decision).to.equal(true);
          expect(some.context.obligations).to.deep.include({ type: 'mask', keep: [one] });
          expect((await items(one, three)).context.reason.code).to.equal('items-partly-covered');
          expect((await items(three)).context.reason.code).to.equal('items-not-covered');
          expect((await items()).context.reason.code).to.equal('items-partly-covered');
        },
      );

      promise('`{purpose?, minRevision?}`', async () => {
        const { revision } = (await town.ask(dataset)).context;
        expect(await town.reason(dataset, { context: { minRevision: revision } })).to.equal('granted');
        // Nothing is newer than the head of the log: a revision above it is read as the head.
        expect(await town.reason(dataset, { context: { minRevision: revision + 1000 } })).to.equal('granted');
        const portal = await town.portal();
        const wrong = {
          ...NOBODY,
          ...resource('dataset', dataset.id),
          action: { name: 'read' },
          context: { minRevision: 'x' },
        };
        refused(await portal.post('/access/v1/evaluation', wrong), 400, 'invalid-body');
      });

      promise('Unknown subject, resource, action or tier: 200, `decision:false`.', async () => {
        for (const more of [
          { subject: { type: 'robot', id: 'x' } },
          resource('dataset', 'no-such'),
          resource('thing', 'no-such'),
          { action: { name: 'fly' } },
        ])
          expect((await town.ask(dataset, more)).decision, JSON.stringify(more)).to.equal(false);
      });

      promise('`POST /access/v1/evaluation`, `/access/v1/evaluations`', async () => {
        const portal = await town.portal();
        const [none, open] = [(await town.plain()).id, await openData()];
        const base = { subject: { type: 'organisation', id: organisation.id }, action: { name: 'download' } };
        const evaluations = [dataset.id, none, open].map((id) => resource('dataset', id));
        const decisions = async (semantic: string, asked: object[] = evaluations) => {
          const options = { evaluations_semantic: semantic };
          const { body } = done(
            await portal.post('/access/v1/evaluations', { ...base, options, evaluations: asked }),
            200,
          );
          return body.evaluations.map(({ decision }: Body) => decision);
        };
        expect(await decisions('execute_all')).to.deep.equal([true, false, true]);
        expect(await decisions('deny_on_first_deny')).to.deep.equal([true, false]);
        expect(await decisions('permit_on_first_permit')).to.deep.equal([true]);
        expect(await decisions('permit_on_first_permit', evaluations.slice(1))).to.deep.equal([false, true]);
        refused(
          await portal.post('/access/v1/evaluations', {
            ...base,
            options: { evaluations_semantic: 'any' },
            evaluations,
          }),
          400,
          'invalid-body',
        );
        for (const empty of [{ evaluations: [] }, {}])
          expect(
            (await portal.post('/access/v1/evaluations', { ...base, ...resource('dataset', dataset.id), ...empty }))
              .body.decision,
          ).to.equal(true);
        const { body } = await portal.post('/access/v1/evaluations', {
          ...base,
          evaluations: [{}, evaluations[0], 'x'],
        });
        expect(body.evaluations.map(({ decision }: Body) => decision)).to.deep.equal([false, true, false]);
        expect(body.evaluations[0].context.error).to.include({ status: 400, pointer: '/resource' });
        const many = Array.from({ length: 1001 }, () => ({}));
        refused(await portal.post('/access/v1/evaluations', { evaluations: many }), 400, 'batch-too-large');
      });

      promise('`/access/v1/search/{subject|resource|action}`', async () => {
        const portal = await town.portal();
        const find = async (kind: string, body: object): Promise<Body[]> => {
          const found: Body[] = [];
          for (let token = ''; ; ) {
            const page = { limit: 50, ...(token && { token }) };
            const answer = done(await portal.post(`/access/v1/search/${kind}`, { ...body, page }), 200).body;
            found.push(...answer.results);
            token = answer.page.next_token;
            if (token === '') return found;
          }
        };
        const subject = { type: 'organisation', id: organisation.id };
        const action = { name: 'download' };
        const { resource: own } = resource('dataset', dataset.id);
        const resources = await find('resource', { subject, action, resource: { type: 'dataset' } });
        expect(resources).to.deep.include(own);
        expect(resources).to.deep.include({ type: 'dataset', id: await openData() });
        for (const found of [...resources.slice(0, 20), ...resources.slice(-20)])
          expect((await town.ask('', { subject, action, resource: found })).decision, found.id).to.equal(true);
        expect(await find('subject', { subject: { type: 'organisation' }, action, resource: own })).to.deep.equal([
          subject,
        ]);
        const people = await find('subject', { subject: { type: 'user' }, action, resource: own });
        expect(people).to.deep.include({ type: 'user', id: (await town.me('enterprise-a-handler')).subject.id });
        expect(await find('action', { subject, resource: own })).to.deep.equal([{ name: 'read' }, action]);
        const rival = await town.as('enterprise-b-handler');
        refused(await rival.post('/access/v1/search/action', { subject, resource: own }), 403, 'not-your-subject');
      });

      promise('`GET /.well-known/authzen-configuration`', async () => {
        const { body } = await town.anonymous.get('/.well-known/authzen-configuration');
        expect(body).to.deep.include({
          access_evaluation_endpoint: `${body.policy_decision_point}/access/v1/evaluation`,
        });
        for (const [, address] of Object.entries(body).filter(([key]) => key.endsWith('_endpoint')))
          refused(await town.anonymous.post(new URL(address as string).pathname), 401, 'sign-in-required');
      });

      promise(
        'headers `X-Original-URI`, `X-Original-Method`, subject by its own token or, from a trusted portal key, `X-Subject-Type`/`X-Subject-Id`/`X-Purpose`',
        async () => {
          const file = dataset.distributions.find(({ kind }: Body) => kind === 'file');
          const address = { 'x-original-uri': `/files/${file.id}/data.csv?v=1`, 'x-original-method': 'GET' };
          const about = (id: string, more = {}) => ({ 'x-subject-type': 'organisation', 'x-subject-id': id, ...more });
          const check = async (by: Account | 'portal' | null, headers: Record<string, string> = {}) => {
            const caller = by === null ? town.anonymous : by === 'portal' ? await town.portal() : await town.as(by);
            const answer = await caller.get('/access/check', { ...address, ...headers });
            return `${answer.status} ${answer.headers.get('x-reason')}`;
          };
          expect(await check('enterprise-a-handler')).to.equal('200 granted');
          expect(await check('enterprise-b-handler')).to.equal('403 no-grant');
          expect(await check(null)).to.equal('401 sign-in-required');
          expect(await check(null, { authorization: 'Bearer forged' })).to.equal('401 invalid-token');
          expect(await check('portal')).to.equal('401 sign-in-required');
          for (const id of [organisation.id, organisation.creditCode])
            expect(await check('portal', about(id))).to.equal('200 granted');
          expect(await check('portal', about(organisation.id, { 'x-purpose': 'marketing' }))).to.equal(
            '403 purpose-mismatch',
          );
          expect(await check('portal', about('nobody'))).to.equal('403 unknown-subject');
          // Only a portal speaks for others.
          expect(await check('enterprise-b-handler', about(organisation.id))).to.equal('403 no-grant');
          expect(await check(null, about(organisation.id))).to.equal('401 sign-in-required');
          expect(await check('enterprise-a-handler', { 'x-original-method': 'DELETE' })).to.match(/^403 /);
          for (const uri of ['', '/elsewhere', `/files/${file.id}/../x/data.csv`, `/files/${file.id}%2fdata.csv`])
            expect(await check('enterprise-a-handler', { 'x-original-uri': uri }), uri).to.equal(
              '403 unknown-resource',
            );
        },
      );

      promise('`GET /api/decisions/{evaluationId}`: facts, rule, versions, replay, what would change it.', async () => {
        const { evaluationId } = (await town.ask(dataset)).context;
        const path = `/api/decisions/${evaluationId}`;
        await new Promise((resolve) => setTimeout(resolve, 700)); // by now it is in the database
        const { body } = done(await (await town.portal()).get(path), 200);
        expect(body).to.include.keys('facts', 'row', 'policyVersion', 'revision', 'replay', 'wouldChange', 'question');
        expect(body.replay).to.include({ agrees: true, decision: true });
        for (const by of ['enterprise-a-handler', 'reviewer-transport', 'supervisor', 'auditor'] as const)
          expect((await (await town.as(by)).get(path)).status, by).to.equal(200);
        for (const by of ['enterprise-b-handler', 'reviewer-health', 'citizen', 'steward-transport'] as const)
          refused(await (await town.as(by)).get(path), 404, 'not-found');
      });

      promise('the same for a question, also at another time, for those who may see the case.', async () => {
        const question = {
          subject: { type: 'organisation', id: organisation.id },
          ...resource('dataset', dataset.id),
          action: { name: 'download' },
        };
        const explain = async (by: Account, more: object = {}) =>
          (await town.as(by)).post('/api/decisions/explain', { ...question, ...more });
        for (const by of ['enterprise-a-handler', 'reviewer-transport', 'approver', 'auditor'] as const)
          expect(done(await explain(by), 200).body, by).to.include({ decision: true, reason: 'granted' });
        for (const by of ['enterprise-b-handler', 'reviewer-health', 'citizen'] as const)
          refused(await explain(by), 403, 'not-your-subject');
        expect(done(await explain('supervisor', { at: '2020-01-01T00:00:00.000Z' })).body.reason).to.equal(
          'grant-not-yet',
        );
      });

      promise('The demo `portal` serves every organisation and person.', async () => {
        const question = { ...resource('dataset', dataset.id), action: { name: 'download' } };
        for (const account of ['enterprise-b-handler', 'citizen', 'approver'] as const)
          expect((await town.ask(dataset, user((await town.me(account)).subject.id))).decision, account).to.equal(
            false,
          );
        // A person asks about themselves and their organisation, nobody else.
        const own = { subject: { type: 'organisation', id: organisation.id }, ...question };
        expect(
          (await (await town.as('enterprise-a-handler')).post('/access/v1/evaluation', own)).body.decision,
        ).to.equal(true);
        refused(
          await (await town.as('enterprise-b-handler')).post('/access/v1/evaluation', own),
          403,
          'not-your-subject',
        );
        refused(await town.anonymous.post('/access/v1/evaluation', own), 401, 'sign-in-required');
      });

      promise('reasons that mean *could not decide* are marked', async () => {
        const { reasons } = (await town.anonymous.get('/api/vocabulary')).body;
        const marked = Object.entries(reasons).filter(([, one]) => (one as Body).undecided);
        expect(marked.map(([code]) => code)).to.include.members(['could-not-decide', 'stale', 'behind']);
        for (const code of ['no-grant', 'restricted', 'purpose-required'])
          expect(reasons[code].undecided).to.equal(undefined);
      });

      it('follows at once what was done elsewhere: a raised tier, a suspended organisation', async () => {
        const raised = await town.plain();
        const held = await town.granted([raised]);
        const file = raised.distributions[0].id;
        done(
          await town.give('steward-transport', `/api/datasets/${raised.id}`, 'propose-tier', {
            tier: 'restricted',
            reason: 'Persons',
            legalBasis: 'art. 41',
          }),
        );
        expect(await town.reason(raised)).to.equal('restricted');
        expect(await town.reason('', resource('distribution', file))).to.equal('restricted');
        expect((await (await town.as('supervisor')).get(held.grant)).body.state).to.equal('suspended');
        const path = `/api/organisations/${organisation.id}`;
        done(await town.give('admin', path, 'suspend', { reason: 'Court order' }));
        expect(
          await town.reason('', {
            subject: { type: 'organisation', id: organisation.id },
            ...resource('dataset', dataset.id),
          }),
        ).to.equal('organisation-suspended');
        refused(await (await town.as('enterprise-a-handler')).get('/api/me'), 401, 'invalid-token');
        done(await town.give('admin', path, 'resume'));
        expect(
          await town.reason('', {
            subject: { type: 'organisation', id: organisation.id },
            ...resource('dataset', dataset.id),
          }),
        ).to.equal('granted');
      });
    }),
  ({ name }) => name !== 'embedded on file',
);
