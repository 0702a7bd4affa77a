import { expect } from 'chai';
import fc from 'fast-check';
import type { DatasetState } from '../../src/catalogue/index.js';
import { stateOf } from '../../src/grants/index.js';
import type { RecordedEntry } from '../../src/persistence/index.js';
import type { GivenCommand } from '../../src/supervision/complaint-service.js';
import type { Complaint, Filed } from '../../src/supervision/domain/complaint.js';
import { ComplainedWorld, CONDITIONAL, type Dataset, OPEN, PEOPLE } from '../support/complained-world.js';
import { eachBackend } from '../support/databases.js';

type Step =
  | {
      readonly kind: 'file';
      readonly dataset: Dataset;
      readonly by: 'someone' | 'other';
      readonly items: readonly string[];
      readonly evidence: string | null;
      readonly quality: boolean;
    }
  | { readonly kind: 'give'; readonly pick: number; readonly by: keyof typeof PEOPLE; readonly command: GivenCommand }
  | { readonly kind: 'publish'; readonly dataset: Dataset; readonly command: 'suspend' | 'withdraw' | 'restore' }
  | { readonly kind: 'assess'; readonly dataset: Dataset }
  | { readonly kind: 'wait'; readonly days: number };

const REASON = { reason: 'r' };
const ruling = (outcome: 'resume' | 'withdraw' | 'treat-and-reopen', items: readonly string[] | null = null) =>
  ({ name: 'rule', outcome, text: 't', items, manifestly: false }) as const;
const VERIFY = { name: 'report-finding', finding: 'founded', remark: 'r' } as const;
/** Who gives what, most often those who may. */
const GIVEN: readonly (readonly [keyof typeof PEOPLE, GivenCommand])[] = [
  ['steward', VERIFY],
  ['reviewer', VERIFY],
  ['supervisor', VERIFY],
  ['approver', ruling('resume')],
  ['approver', ruling('withdraw')],
  ['approver', ruling('treat-and-reopen')],
  ['approver', ruling('treat-and-reopen', ['name'])],
  ['steward', { name: 'treat', text: 'masked' }],
  ['reviewer', { name: 'suspend', ...REASON }],
  ['supervisor', { name: 'suspend', ...REASON }],
  ['reviewer', { name: 'propose-lift', ...REASON }],
  ['approver', { name: 'confirm-lift', ...REASON }],
  ['supervisor', { name: 'confirm-lift', ...REASON }],
  ['someone', { name: 'take-back' }],
  ['steward', { name: 'propose-release', ...REASON }],
  ['approver', { name: 'confirm-release', ...REASON }],
  ['supervisor', { name: 'confirm-release', ...REASON }],
  ['approver', { name: 'decline-release', ...REASON }],
  ['other', ruling('resume')],
  ['reviewer', { name: 'answer', outcome: 'not-accepted', text: 't', mendedOn: null }],
];
const dataset = fc.constantFrom<Dataset>(OPEN, CONDITIONAL);
const filing = fc.record({
  kind: fc.constant('file' as const),
  dataset,
  by: fc.constantFrom('someone' as const, 'other' as const),
  items: fc.constantFrom<readonly string[]>([], ['phone'], ['name']),
  evidence: fc.constantFrom('letter', 'letter', null),
  quality: fc.constantFrom(false, false, true),
});
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: filing },
  {
    weight: 12,
    arbitrary: fc
      .tuple(fc.nat(9), fc.constantFrom(...GIVEN))
      .map(([pick, [by, command]]) => ({ kind: 'give' as const, pick, by, command })),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('publish' as const),
      dataset,
      command: fc.constantFrom('suspend' as const, 'restore' as const, 'restore' as const, 'withdraw' as const),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('assess' as const), dataset }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('wait' as const), days: fc.constantFrom(1, 30) }) },
);
const walk = fc
  .tuple(filing, fc.array(step, { minLength: 10, maxLength: 40 }))
  .map(([first, rest]): readonly Step[] => [first, ...rest]);

/** What the entries of the log say of each complaint, read by nothing of the product. */
function readFrom(entries: readonly RecordedEntry[]) {
  const read = new Map<string, { state: string; rests: boolean; overdue: boolean; items: readonly string[] }>();
  for (const { event, subject, data } of entries) {
    const said = data as Partial<Filed> & { outcome?: string };
    const before = read.get(subject.id) ?? { state: 'open', rests: false, overdue: false, items: said.items ?? [] };
    const treats = said.outcome === 'treat-and-reopen';
    const over = { state: 'answered', rests: said.outcome === 'withdraw' };
    const change = {
      'complaint.filed': { rests: said.suspends ?? false },
      'complaint.suspended': { rests: true },
      'complaint.lifted': { rests: false },
      'complaint.verified': { state: 'verified', overdue: false },
      'complaint.answered': {
        items: said.items ?? before.items,
        ...(treats ? { state: 'treating', rests: true, overdue: false } : over),
      },
      'complaint.treated': { overdue: false },
      'complaint.reopened': over,
      'complaint.taken-back': { state: 'taken-back', rests: false },
      'complaint.released': { rests: false },
      'complaint.overdue': { overdue: true },
    }[event];
    read.set(subject.id, { ...before, ...change });
  }
  return read;
}

const essence = ({ state, restsSince, overdue, items }: Complaint) => ({
  state,
  rests: restsSince !== null,
  overdue,
  items,
});

/** Walks complaints and what publishers do meanwhile, and looks at every decision after every step. */
class History {
  /** What its publisher, or a ruling, made of each dataset. */
  private readonly own: Record<Dataset, DatasetState> = { [OPEN]: 'listed', [CONDITIONAL]: 'listed' };
  private readonly filed: string[] = [];
  readonly seen = { rested: 0, served: 0, reopened: 0, refused: 0 };

  constructor(private readonly world: ComplainedWorld) {}

  async take(one: Step): Promise<void> {
    const { world } = this;
    if (one.kind === 'file') return this.file(one);
    if (one.kind === 'assess') return world.assess(one.dataset);
    if (one.kind === 'publish') {
      const done = await world.publish(one.dataset, { kind: one.command, reason: 'r' });
      if (done.ok) this.own[one.dataset] = AFTER[one.command];
      return;
    }
    if (one.kind === 'wait') {
      world.test.clock.at += one.days * 86_400_000;
      await world.test.follower.poll();
      await world.supervision.complaints.letTimeAct(world.test.unit);
      return;
    }
    const id = this.filed[one.pick % this.filed.length];
    if (id === undefined) return;
    const done = await world.give(PEOPLE[one.by], id, one.command);
    if (!done.ok) this.seen.refused += 1;
    else if (done.value.complaint.answer?.outcome === 'withdraw')
      this.own[done.value.complaint.dataset as Dataset] = 'withdrawn';
  }

  private async file({ quality, by, items, evidence, dataset: on }: Extract<Step, { kind: 'file' }>): Promise<void> {
    const kind = quality
      ? ({ about: 'quality', fault: 'missing', right: null } as const)
      : ({ about: 'rights', fault: null, right: items.length === 0 ? 'privacy' : 'trade-secret' } as const);
    const done = await this.world.file(PEOPLE[by], { ...kind, dataset: on, items, evidence });
    if (done.ok) this.filed.push(done.value.complaint.id);
  }

  async holdsLaws(after: Step): Promise<void> {
    const what = `after ${JSON.stringify(after)}`;
    const all = (await this.world.complaints()).map(({ complaint }) => complaint);
    for (const on of [OPEN, CONDITIONAL] as const) await this.isServedRightly(on, all, what);
    const { store } = this.world.supervision.complaints.deps;
    const counted = await this.world.test.unit.read((reader) => store.all(reader));
    expect(counted, what).to.have.length(all.length).and.deep.members(all);
    const read = readFrom(this.world.told);
    for (const complaint of all) expect(essence(complaint), what).to.deep.equal(read.get(complaint.id));
    this.seen.reopened = all.filter(({ reopened }) => reopened !== null).length;
  }

  private async isServedRightly(on: Dataset, all: readonly Complaint[], what: string): Promise<void> {
    const resting = all.filter(({ dataset: its, restsSince }) => its === on && restsSince !== null);
    const own = this.own[on];
    const whole = resting.some(({ items, answer }) => items.length === 0 || answer?.outcome === 'withdraw');
    const record = await this.world.record(on);
    expect(record.state, what).to.equal(own === 'listed' && whole ? 'suspended' : own);
    expect(new Set(record.held?.by.map(({ by }) => by) ?? []), what).to.deep.equal(
      new Set(resting.map(({ id }) => id)),
    );
    expect(record.notices.filter(({ code }) => code === 'rights-held').length, what).to.equal(
      resting.length > 0 ? 1 : 0,
    );
    const objected = all.some(
      ({ about, state, dataset: its }) => about === 'quality' && state === 'open' && its === on,
    );
    expect(
      record.notices.some(({ code }) => code === 'quality-objected'),
      what,
    ).to.equal(objected);
    for (const items of [null, ['name'], ['phone'], ['name', 'phone']]) {
      const rests = whole || resting.some((one) => items === null || one.items.some((item) => items.includes(item)));
      const reason = this.world.reason(on, items);
      const served = own === 'listed' && !rests;
      this.seen[served ? 'served' : 'rested'] += 1;
      expect(PERMITS.has(reason), `${on} ${items?.join() ?? 'all'} ${reason} ${what}`).to.equal(served);
    }
    if (on !== CONDITIONAL || own !== 'listed') return;
    const [grant] = await this.world.test.unit.read((reader) => this.world.grants.store.ofApplication(reader, 'APP'));
    expect(stateOf(grant?.grant ?? expect.fail('no grant')), what).to.equal(whole ? 'suspended' : 'active');
  }
}

const AFTER = { suspend: 'suspended', withdraw: 'withdrawn', restore: 'listed' } as const;
const PERMITS: ReadonlySet<string> = new Set(['open-data', 'granted']);

describe('model: complaints and what is served', function () {
  this.timeout(600_000);

  eachBackend((backend) => {
    it('no permit while anything rests, every permit when nothing does, and rows that say what the log says', async () => {
      const seen = { rested: 0, served: 0, reopened: 0, refused: 0 };
      await fc.assert(
        fc.asyncProperty(walk, async (steps) => {
          const world = await ComplainedWorld.open(backend, (rules) => ({
            ...rules,
            rights: { ...rules.rights, suspensions: { ...rules.rights.suspensions, perAccount: 5 } },
          }));
          const history = new History(world);
          try {
            for (const one of steps) {
              await history.take(one);
              await history.holdsLaws(one);
            }
            expect(await world.faults()).to.deep.equal([]);
            for (const name of ['rested', 'served', 'reopened', 'refused'] as const) seen[name] += history.seen[name];
          } finally {
            await world.close();
          }
        }),
        { numRuns: backend.name === 'embedded in memory' ? 25 : 3, examples: [[ROAD]], endOnFailure: true },
      );
      for (const [name, times] of Object.entries(seen)) expect(times, name).to.be.greaterThan(0);
    });
  });
});

const PLAIN = { kind: 'file', by: 'someone', items: [], evidence: 'letter', quality: false } as const;
/** The whole way of one complaint, so that every run has walked it. */
const ROAD: readonly Step[] = [
  { ...PLAIN, dataset: CONDITIONAL },
  { kind: 'publish', dataset: CONDITIONAL, command: 'restore' },
  { kind: 'give', pick: 0, by: 'steward', command: VERIFY },
  { kind: 'give', pick: 0, by: 'approver', command: ruling('treat-and-reopen') },
  { kind: 'assess', dataset: CONDITIONAL },
  { kind: 'give', pick: 0, by: 'steward', command: { name: 'treat', text: 'masked' } },
  { kind: 'publish', dataset: CONDITIONAL, command: 'suspend' },
  { kind: 'assess', dataset: CONDITIONAL },
  { kind: 'publish', dataset: CONDITIONAL, command: 'restore' },
  { ...PLAIN, dataset: OPEN, items: ['phone'] },
  { kind: 'give', pick: 1, by: 'approver', command: ruling('resume') },
];
