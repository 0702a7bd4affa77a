import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { type Answer, Caller } from '../support/caller.js';
import type { Moment } from '../support/crash-at.js';
import { eachBackend, type TestDatabase } from '../support/databases.js';
import { Place, RunningProduct } from '../support/product.js';
import { inProject } from '../support/project.js';

const SEAM = pathToFileURL(inProject('dist', 'test', 'support', 'crash-at.js')).href;
const MOMENTS: readonly Moment[] = ['before-commit', 'before-answer'];

interface Step {
  readonly who: string;
  readonly name: string;
  readonly event: string;
  readonly body: object;
  readonly state: string;
}

const STEPS: readonly Step[] = [
  { who: 'enterprise-a-handler', name: 'submit', event: 'application.submitted', body: {}, state: 'submitted' },
  { who: 'approver', name: 'approve', event: 'application.approved', body: {}, state: 'approved' },
  {
    who: 'enterprise-a-signatory',
    name: 'accept-agreement',
    event: 'application.agreement-accepted',
    body: {},
    state: 'concluded',
  },
];

describe('a server killed in the middle of a command', function () {
  this.timeout(600_000);
  eachBackend(
    (backend) => {
      let database: TestDatabase;
      let place: Place;

      before(async () => {
        database = await backend.fresh();
        place = new Place(backend.dialect === 'mysql' ? database.url : undefined);
        place.environment['TIERGATE_PUBLIC_URL'] = 'http://127.0.0.1';
        await (await RunningProduct.start(place)).stop();
      });
      after(async () => {
        place.remove();
        await database.dispose();
      });

      const fine = (answer: Answer): Answer => {
        expect(answer.status, answer.text).to.be.below(300);
        return answer;
      };

      /** The product with the seam in it; it dies at this moment of the command that tells this event. */
      const startDoomed = async (moment: Moment, event: string): Promise<RunningProduct> => {
        Object.assign(place.environment, { NODE_OPTIONS: `--import=${SEAM}`, CRASH_AT: `${moment} ${event}` });
        const product = await RunningProduct.start(place);
        for (const name of ['NODE_OPTIONS', 'CRASH_AT']) delete place.environment[name];
        return product;
      };

      /** A dataset of the transport body that asks for no proof. */
      async function plainDataset(handler: Caller, reviewer: Caller): Promise<string> {
        const holder = (await reviewer.get('/api/me')).body.organisation.id as string;
        const { items } = (await handler.get(`/api/datasets?tier=conditional&publisher=${holder}&limit=100`)).body;
        for (const { id } of items as { id: string }[]) {
          const { deliveryKinds, conditions } = (await handler.get(`/api/datasets/${id}`)).body;
          const asksProof = (conditions as { evidenceRequired: boolean }[]).some((one) => one.evidenceRequired);
          if (!asksProof && deliveryKinds.includes('download')) return id;
        }
        throw new Error('no plain dataset');
      }

      /** A new application, walked to just before the step. */
      async function walkTo(step: Step, address: string): Promise<string> {
        const [handler, reviewer, approver] = await Promise.all(
          ['enterprise-a-handler', 'reviewer-transport', 'approver'].map((name) => Caller.person(address, name)),
        );
        const created = await handler!.post('/api/applications', draft(await plainDataset(handler!, reviewer!)));
        const path = `/api/applications/${fine(created).body.id}`;
        const road: [Caller, string, object][] = [
          [handler!, 'submit', {}],
          [reviewer!, 'accept', {}],
          [reviewer!, 'claim', {}],
          [reviewer!, 'advise', { recommendation: 'approve', remark: 'Fits.' }],
          [approver!, 'approve', {}],
        ];
        const last = road.findIndex(([, name]) => name === step.name);
        for (const [who, name, body] of last < 0 ? road : road.slice(0, last))
          fine(await who.command(path, name, body));
        return path;
      }

      for (const step of STEPS) {
        for (const moment of MOMENTS) {
          it(`${step.name}, ${moment}: the same key has one effect, and the same answer again`, async () => {
            const doomed = await startDoomed(moment, step.event);
            const path = await walkTo(step, doomed.address);
            const caller = await Caller.person(doomed.address, step.who);
            const seen = await caller.get(path);
            const { version, hash } = seen.body.agreement;
            const body = step.name === 'accept-agreement' ? { version, hash } : step.body;
            const headers = { 'if-match': seen.headers.get('etag') ?? '', 'idempotency-key': crypto.randomUUID() };
            const lost = await caller.post(`${path}/commands/${step.name}`, body, headers).then(
              (answer) => `answered ${answer.status}`,
              () => 'no answer',
            );
            expect(lost).to.equal('no answer');

            const again = await RunningProduct.start(place);
            try {
              const back = await Caller.person(again.address, step.who);
              const found = (await back.get(path)).body;
              expect(found.state === step.state, `${found.state} after a kill ${moment}`).to.equal(
                moment === 'before-answer',
              );
              const first = await back.post(`${path}/commands/${step.name}`, body, headers);
              const second = await back.post(`${path}/commands/${step.name}`, body, headers);
              expect([first.status, second.status], first.text).to.deep.equal([200, 200]);
              expect(second.text, 'the first answer, byte for byte').to.equal(first.text);
              expect(first.body.state).to.equal(step.state);
              const history = (await back.get(path)).body.history as { event: string }[];
              expect(history.filter(({ event }) => event === step.event)).to.have.length(1);
              const { grants } = (await back.get(path)).body;
              expect(grants).to.have.length(step.name === 'submit' ? 0 : 1);
              const other = await back.post(`${path}/commands/${step.name}`, { ...body, reason: 'x' }, headers);
              expect(other.body.code).to.be.oneOf(['idempotency-key-reused', 'unknown-field']);
            } finally {
              await again.stop();
            }
          });
        }
      }

      it('leaves a log that verifies, and numbers without a gap', async () => {
        const audit = await place.tiergate('audit', 'verify');
        expect(audit.code, audit.out + audit.err).to.equal(0);
        const product = await RunningProduct.start(place);
        const { items } = (await (await Caller.person(product.address, 'auditor')).get('/api/applications?limit=100'))
          .body;
        await product.stop();
        const numbers = (items as { number: string }[])
          .map(({ number }) => Number(number.slice(-6)))
          .sort((a, b) => a - b);
        expect(numbers).to.deep.equal(numbers.map((_number, at) => (numbers[0] ?? 0) + at));
      });
    },
    (backend) => backend.durable,
  );
});

const draft = (dataset: string): object => {
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  return {
    datasets: [{ dataset }],
    purpose: { category: 'research', scenario: 'Travel-time model for logistics planning in the city' },
    delivery: 'download',
    period: { from: today, to: `${Number(today.slice(0, 4)) + 1}-06-30` },
    securityPlan: 'Encrypted, two named persons.',
  };
};
