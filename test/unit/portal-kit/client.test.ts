import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { type FakeAnswer, DENY, FakeTiergate, PERMIT, type Trouble } from '../../../portal-kit/fake-server/index.js';
import { mayTouch } from '../../../portal-kit/answer-cache.js';
import {
  PortalClient,
  type PortalOptions,
  type Question,
  refusalOf,
  requireEntitlement,
} from '../../../portal-kit/index.js';

const ORGANISATION = '01J9ZC4V7M3W8Q5T6R2P1N0RG1';
const OTHER = '01J9ZC4V7M3W8Q5T6R2P1N0RG2';
const DATASET = '01J9ZC4V7M3W8Q5T6R2P1N0DS1';
const FILE = '01J9ZC4V7M3W8Q5T6R2P1N0F01';
const question = (id = ORGANISATION, dataset = DATASET): Question => ({
  subject: { type: 'organisation', id },
  resource: { type: 'dataset', id: dataset },
  action: { name: 'download' },
});

/** For what never comes; whatever does come may take its time on a busy machine. */
const HASTY = 300;

describe('portal kit: the client', () => {
  let fake: FakeTiergate;
  let client: PortalClient;
  const open = (more: Partial<PortalOptions> = {}): PortalClient => {
    client = new PortalClient({
      tiergate: fake.address,
      account: { clientId: 'portal', clientSecret: 's' },
      timeout: 10_000,
      ...more,
    });
    return client;
  };
  const says = (answer: FakeAnswer): void => {
    fake.decide = () => answer;
  };
  const eventually = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
    for (let tries = 0; tries < 200 && !(await holds()); tries++) await sleep(10);
    expect(await holds()).to.equal(true);
  };
  beforeEach(async () => {
    fake = await FakeTiergate.start();
  });
  afterEach(async () => {
    client.stop();
    await fake.stop();
  });

  it('tells a permit, a deny and what could not be decided apart', async () => {
    says({ ...PERMIT, obligations: [{ type: 'log' }] });
    expect(await open().check(question())).to.deep.include({ kind: 'permit', obligations: [{ type: 'log' }] });
    says({ ...DENY, items: { covered: ['a'], missing: ['b'] } });
    expect(await client.check(question(), 'zh')).to.deep.include({
      kind: 'deny',
      nextStep: { code: 'apply' },
      covered: ['a'],
    });
    expect(fake.languages).to.deep.equal(['en', 'zh']);
    says({ decision: false, reason: 'stale', undecided: true });
    expect(await client.check(question())).to.deep.include({ kind: 'undecided' });
    says({ decision: true, reason: 'granted', undecided: true });
    expect((await client.check(question())).kind, 'a yes that says it is none').to.equal('undecided');
    expect(fake.signedIn).to.equal(1);
  });

  const troubles: readonly Trouble[] = [
    'fails',
    'silent',
    'cuts',
    'redirects',
    'page',
    'half',
    'text-decision',
    'no-context',
  ];
  for (const trouble of troubles)
    it(`permits nothing, and throws nothing, when Tiergate ${trouble}`, async () => {
      says(PERMIT);
      fake.trouble = trouble;
      expect((await open({ timeout: HASTY }).check(question())).kind).to.equal('undecided');
      expect((await client.checkMany([question(), question(OTHER)])).map(({ kind }) => kind)).to.deep.equal([
        'undecided',
        'undecided',
      ]);
      expect((await client.permit(question())).permit).to.equal(null);
      fake.trouble = null;
      expect((await open().check(question())).kind).to.equal('permit');
    });

  it('permits nothing where nobody answers', async () => {
    const { kind } = await open({ tiergate: 'http://127.0.0.1:9' }).check(question());
    expect(kind).to.equal('undecided');
  });

  it('does not believe an answer from another time, nor one with what it does not know', async () => {
    const code = async (answer: FakeAnswer, more: Partial<PortalOptions> = {}) => {
      says(answer);
      const verdict = await open(more).check(question());
      return verdict.kind === 'permit' ? 'permit' : verdict.reason.code;
    };
    expect(await code({ ...PERMIT, holds: -120_000 })).to.equal('clock-skew');
    expect(await code({ ...PERMIT, holds: 3_600_000 })).to.equal('clock-skew');
    expect(await code({ ...PERMIT, obligations: [{ type: 'watermark' }] })).to.equal('unknown-obligation');
    expect(await code({ ...PERMIT, obligations: [{ type: 'mask' }] })).to.equal('malformed-answer');
    expect(await code({ ...PERMIT, obligations: [{ type: 'count' }] }, { obligations: ['log'] })).to.equal(
      'unknown-obligation',
    );
  });

  it('asks many at once, each answered in its place', async () => {
    fake.decide = ({ subject }) => (subject.id === OTHER ? DENY : PERMIT);
    const verdicts = await open().checkMany([question(), question(OTHER), question()]);
    expect(verdicts.map(({ kind }) => kind)).to.deep.equal(['permit', 'deny', 'permit']);
  });

  describe('watching what is served', () => {
    const CUT: FakeAnswer = { ...PERMIT, obligations: [{ type: 'cut' }], holds: 150 };
    const watched = async () => {
      open({ obligations: ['cut'] });
      const permit = await client.check(question());
      if (permit.kind !== 'permit') throw new Error('not permitted');
      const done = new AbortController();
      return { done, ended: client.whilePermitted(question(), permit, done.signal) };
    };

    it('asks again whenever an answer ends, and ends with access', async () => {
      says(CUT);
      const { ended } = await watched();
      await eventually(() => fake.asked.length >= 3);
      expect(ended.aborted).to.equal(false);
      says(DENY);
      await eventually(() => ended.aborted);
      expect(ended.reason).to.deep.include({ kind: 'deny' });
    });

    it('ends where it cannot be decided, but not by the quota that the delivery itself used up', async () => {
      says(CUT);
      const { ended } = await watched();
      says({ decision: false, reason: 'quota-used-up', holds: 150 });
      const before = fake.asked.length;
      await eventually(() => fake.asked.length >= before + 2);
      expect(ended.aborted).to.equal(false);
      fake.trouble = 'fails';
      await eventually(() => ended.aborted);
    });

    it('asks no more once the delivery is done', async () => {
      says(CUT);
      const { done, ended } = await watched();
      done.abort();
      says(DENY);
      await sleep(400);
      expect([ended.aborted, fake.asked.length]).to.deep.equal([false, 1]);
    });

    it('serves nothing where the portal does not say that it can', async () => {
      says(CUT);
      expect(await open().check(question())).to.deep.include({ kind: 'undecided' });
    });
  });

  it('signs in anew once when its token has ended', async () => {
    says(PERMIT);
    await open().check(question());
    fake.endTokens();
    expect((await client.check(question())).kind).to.equal('permit');
    expect(fake.signedIn).to.equal(2);
  });

  it('asks anew each time, unless it keeps answers: then until they end', async () => {
    says(PERMIT);
    await open().check(question());
    await client.check(question());
    expect(fake.asked).to.have.length(2);
    fake.holds = 200;
    open({ cache: true });
    await client.check(question());
    await client.check(question());
    await client.check(question(OTHER));
    expect(fake.asked).to.have.length(4);
    says(DENY);
    await sleep(250);
    expect((await client.check(question())).kind).to.equal('deny');
  });

  it('forgets what the feed says has changed, and only that; without the feed it would not', async () => {
    for (const follows of [true, false]) {
      fake.asked.length = 0;
      says(PERMIT);
      open({ cache: true });
      if (follows) client.follow();
      await sleep(100);
      await client.check(question());
      await client.check(question(OTHER));
      says(DENY);
      fake.change({ subject: { type: 'organisation', id: ORGANISATION }, dataset: DATASET, distributions: [FILE] });
      if (follows) await eventually(async () => (await client.check(question())).kind === 'deny');
      else expect((await client.check(question())).kind).to.equal('permit');
      expect((await client.check(question(OTHER))).kind, 'untouched').to.equal('permit');
      client.stop();
    }
  });

  it('never keeps a permit whose delivery is to be counted, nor an answer from before a change', async () => {
    says({ ...PERMIT, obligations: [{ type: 'count' }] });
    open({ cache: true });
    const first = await client.check(question());
    const second = await client.check(question());
    expect(fake.asked).to.have.length(2);
    for (const verdict of [first, second])
      if (verdict.kind === 'permit') await client.delivered(verdict, { bytes: 3, distribution: FILE });
    expect(new Set(fake.delivered.map(({ evaluationId }) => evaluationId)).size).to.equal(2);
    fake.trouble = 'fails';
    const refused = await client.delivered(first as never, { bytes: 3 }).catch((error: unknown) => error);
    expect(refused).to.be.instanceOf(Error);
  });

  it('takes the items that are covered where not all are', async () => {
    fake.decide = ({ resource }) =>
      resource.properties?.items === undefined
        ? { decision: false, reason: 'items-partly-covered', items: { covered: ['a'], missing: ['b'] } }
        : { ...PERMIT, obligations: [{ type: 'mask', keep: resource.properties.items }] };
    const verdict = await open().checkNarrowed(question());
    expect(verdict).to.deep.include({ kind: 'permit', obligations: [{ type: 'mask', keep: ['a'] }] });
  });

  it('knows visitors by their own credential', async () => {
    expect(await open().visitor('Bearer li')).to.deep.equal({
      subject: { type: 'user', id: 'user-li', properties: { organisation: 'organisation-of-li' } },
      organisation: 'organisation-of-li',
    });
    expect(await client.visitor('Bearer invalid')).to.equal('invalid');
  });

  it('asks for a machine with the key that it brought, and knows a key that is none of a grant', async () => {
    says(PERMIT);
    const machine = await open().machine('tgk_gateway');
    if (machine === 'invalid') throw new Error('the key holds');
    expect(machine.subject).to.deep.equal({ type: 'organisation', id: 'organisation-of-tgk_gateway' });
    expect(await machine.client.check(question(machine.subject.id))).to.include({ kind: 'permit' });
    expect(fake.asked.at(-1)?.subject).to.deep.equal(machine.subject);
    expect([await client.machine('invalid'), await client.machine('of-a-portal')]).to.deep.equal([
      'invalid',
      'invalid',
    ]);
  });

  describe('before a route', () => {
    const sent = async (asked: Question | undefined) => {
      const headers: Record<string, string> = {};
      const seen: { status?: number; body?: unknown; served: boolean } = { served: false };
      const reply = {
        status(code: number) {
          seen.status = code;
          return reply;
        },
        set(name: string, value: string) {
          headers[name] = value;
          return reply;
        },
        json: (body: unknown) => void (seen.body = body),
        once: () => reply,
        destroy: () => reply,
      };
      const request: { headers: {}; entitlement?: { evaluationId: string } } = { headers: {} };
      const guard = requireEntitlement(client, () => asked);
      await guard(request as never, reply, () => void (seen.served = true));
      return { ...seen, headers, entitlement: request.entitlement };
    };

    it('goes on with the permit; otherwise 403, 503 or 401', async () => {
      open();
      says(PERMIT);
      const served = await sent(question());
      expect([served.served, served.entitlement?.evaluationId.length]).to.deep.equal([true, 26]);
      says(DENY);
      expect(await sent(question())).to.deep.include({ served: false, status: 403 });
      fake.trouble = 'fails';
      const undecided = await sent(question());
      expect([undecided.served, undecided.status, undecided.headers['retry-after']]).to.deep.equal([false, 503, '2']);
      expect((await sent(undefined)).status).to.equal(401);
    });

    it('says in a refusal what comes next', async () => {
      says(DENY);
      const verdict = await open().check(question());
      if (verdict.kind === 'permit') throw new Error('permitted');
      expect(refusalOf(verdict).body).to.deep.include({ status: 403, code: 'no-grant', nextStep: { code: 'apply' } });
    });
  });
});

describe('portal kit: what a change bears on', () => {
  const change = { subject: { type: 'organisation', id: ORGANISATION }, dataset: DATASET, distributions: [FILE] };
  const asks = (subject: object, resource: object): Question =>
    ({ subject, resource, action: { name: 'download' } }) as unknown as Question;
  const dataset = { type: 'dataset', id: DATASET };
  const cases: readonly [string, Question, boolean][] = [
    ['the pair itself', question(), true],
    [
      'a file of the dataset',
      asks({ type: 'organisation', id: ORGANISATION }, { type: 'distribution', id: FILE }),
      true,
    ],
    ['another organisation', question(OTHER), false],
    ['another dataset', question(ORGANISATION, OTHER), false],
    [
      'an organisation by its credit code, which may be this one',
      asks({ type: 'organisation', id: '91310000MA1FL0000X' }, dataset),
      true,
    ],
    [
      'an identifier of a publisher, which may be this dataset',
      asks({ type: 'organisation', id: ORGANISATION }, { type: 'dataset', id: 'local-1' }),
      true,
    ],
    [
      'somebody of the organisation',
      asks({ type: 'user', id: OTHER, properties: { organisation: ORGANISATION } }, dataset),
      true,
    ],
    ['somebody of another one', asks({ type: 'user', id: OTHER, properties: { organisation: OTHER } }, dataset), false],
    ['somebody whose organisation is not said', asks({ type: 'user', id: OTHER }, dataset), true],
    ['nobody in particular', asks({ type: 'anonymous', id: 'anonymous' }, dataset), false],
  ];
  for (const [what, asked, touched] of cases)
    it(`${what}: ${touched ? 'forgotten' : 'kept'}`, () => {
      expect(mayTouch(change, asked)).to.equal(touched);
    });

  it('everything, where it names nothing', () => {
    expect(mayTouch({}, question(OTHER, OTHER))).to.equal(true);
    expect(mayTouch({ dataset: DATASET }, asks({ type: 'anonymous', id: 'anonymous' }, dataset))).to.equal(true);
  });
});
