import { expect } from 'chai';
import { RULES, tryPortal } from '../../../portal-kit/conformance/index.js';
import { FakeTiergate } from '../../../portal-kit/fake-server/index.js';
import { type Flaw, NaivePortal } from './naive-portal.js';

/** By flaw, the rules that find it. */
const FOUND_BY: Readonly<Record<Flaw, readonly string[]>> = {
  'never-asks': ['asks-and-serves'],
  'serves-denied': ['refuses'],
  'keeps-answers': ['stops-in-time'],
  'one-answer-for-all': ['each-visitor-alone'],
  'undecided-is-no': ['says-undecided'],
  'open-on-error': ['closed-fails', 'closed-cuts', 'closed-page', 'closed-half'],
  'waits-for-ever': ['closed-silent'],
  'open-unless-false': ['closed-redirects', 'closed-text-decision', 'closed-no-context'],
  'searches-text': ['closed-page', 'closed-half'],
  truthy: ['closed-text-decision'],
  'needs-no-reason': ['closed-no-context'],
  'ignores-obligations': ['unknown-obligation'],
  'ignores-end': ['ended-answer'],
  'ignores-mask': ['filters-items'],
  'names-nobody': ['names-the-source'],
  'reports-nothing': ['reports-deliveries'],
  'keeps-token': ['signs-in-again'],
};

describe('portal kit: what a portal must do', function () {
  this.timeout(60_000);
  let fake: FakeTiergate;
  let portal: NaivePortal | undefined;
  beforeEach(async () => {
    fake = await FakeTiergate.start();
    fake.holds = 250;
  });
  afterEach(async () => {
    await portal?.stop();
    await fake.stop();
  });
  const failing = async (flaw: Flaw | null, rules = RULES): Promise<string[]> => {
    portal = await NaivePortal.start(fake.address, flaw);
    const [visitor, other] = ['a', 'b'].map((name) => ({ authorization: `Bearer ${name}` }));
    const under = { file: portal.file, visitor: visitor ?? {}, other: other ?? {}, patience: 1500 };
    const tried = await tryPortal(fake, under, undefined, rules);
    return tried.filter(({ holds }) => !holds).map(({ id }) => id);
  };

  it('is found done by a portal that is written as it should be', async () => {
    expect(await failing(null)).to.deep.equal([]);
  });

  it('has for every rule a flaw that it finds', () => {
    const found = new Set(Object.values(FOUND_BY).flat());
    expect(RULES.map(({ id }) => id).filter((id) => !found.has(id))).to.deep.equal([]);
  });

  for (const [flaw, ids] of Object.entries(FOUND_BY))
    it(`is found missing: ${flaw}`, async () => {
      const rules = RULES.filter(({ id }, at) => at === 0 || ids.includes(id));
      expect(await failing(flaw as Flaw, rules)).to.deep.equal(ids);
    });
});
