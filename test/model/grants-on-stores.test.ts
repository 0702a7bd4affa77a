import { expect } from 'chai';
import fc from 'fast-check';
import type { Application } from '../../src/applications/index.js';
import { type ApplicationCommand, applicationTable, type CommandName } from '../../src/applications/index.js';
import { DatabaseApplicationStore } from '../../src/applications/store/database-application-store.js';
import type { GrantCommand } from '../../src/grants/domain/decide.js';
import { type Grant, type Grants, grantTables, stateOf } from '../../src/grants/index.js';
import { SYSTEM } from '../../src/kernel/principal.js';
import { dayOf } from '../../src/kernel/time.js';
import { verifyLog } from '../../src/log/index.js';
import { Driver } from '../support/applications/driver.js';
import { openPlatform, type Platform } from '../support/applications/platform.js';
import { dataset, organisation, principal } from '../support/applications/premises.js';
import { eachBackend } from '../support/databases.js';
import { NAMES } from '../unit/applications/world.js';

const DATASETS = ['roads', 'buses'] as const;
type Asked = (typeof DATASETS)[number];

/** What the small world around the grants is like now. */
interface Premises {
  organisation: 'active' | 'suspended';
  readonly state: Record<Asked, 'listed' | 'withdrawn'>;
  readonly tier: Record<Asked, 'conditional' | 'restricted'>;
  agreement: number;
}

type Step =
  | { readonly kind: 'forward'; readonly pick: number }
  | { readonly kind: 'withdraw' | 'organisation' | 'agreement' }
  | { readonly kind: 'dataset' | 'tier'; readonly which: Asked }
  | { readonly kind: 'wait'; readonly days: number }
  | { readonly kind: 'grant'; readonly which: Asked; readonly command: 'suspend' | 'resume' | 'revoke' | 'relinquish' };

const FORWARD: readonly CommandName[] = ['accept', 'claim', 'advise', 'approve', 'accept-agreement'];
const which = fc.constantFrom(...DATASETS);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 10, arbitrary: fc.record({ kind: fc.constant('forward' as const), pick: fc.nat(2) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('organisation' as const, 'agreement' as const) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('dataset' as const, 'tier' as const), which }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('wait' as const), days: fc.constantFrom(1, 9, 200) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('grant' as const),
      which,
      command: fc.constantFrom('suspend' as const, 'suspend' as const, 'resume' as const, 'revoke' as const),
    }),
  },
  { weight: 1, arbitrary: fc.constant<Step>({ kind: 'withdraw' }) },
);

/** From a submitted case to active grants. */
const MAIN_ROAD: readonly Step[] = FORWARD.map(() => ({ kind: 'forward', pick: 1 }));

/** Every other history begins after the signature: few that begin before it get that far by chance. */
const walk: fc.Arbitrary<readonly Step[]> = fc
  .tuple(fc.boolean(), fc.array(step, { minLength: 12, maxLength: 30 }))
  .map(([signed, steps]) => (signed ? [...MAIN_ROAD, ...steps] : steps));

/** One history that is sure to hold active grants while nothing else happens. */
const UNDISTURBED: [readonly Step[]] = [[...MAIN_ROAD, ...MAIN_ROAD]];

/** Walks one application and its grants through a history, on one platform. */
class History {
  private readonly applications = new DatabaseApplicationStore();
  private readonly premises: Premises = {
    organisation: 'active',
    state: { roads: 'listed', buses: 'listed' },
    tier: { roads: 'conditional', buses: 'conditional' },
    agreement: 1,
  };
  /** When each grant was signed for first, by its id. */
  private readonly signedAt = new Map<string, number>();

  constructor(
    private readonly platform: Platform,
    private readonly grants: Grants,
    private readonly id: string,
  ) {}

  static async begin(platform: Platform): Promise<History> {
    await platform.put('organisations', 'enterprise', organisation('enterprise', 'enterprise'));
    for (const id of DATASETS) await platform.put('datasets', id, dataset(id));
    await platform.put('agreements', 'template', { version: 1, hash: 'h1' });
    const today = dayOf(platform.clock.now);
    const id = await new Driver(platform).at('submitted', {
      datasets: DATASETS.map((one) => ({ dataset: one })),
      period: { from: today, to: `${Number(today.slice(0, 4)) + 1}${today.slice(4)}` },
    });
    if (platform.grants === null) throw new Error('a platform without grants');
    return new History(platform, platform.grants, id);
  }

  async take(one: Step): Promise<void> {
    switch (one.kind) {
      case 'forward':
        return this.forward(one.pick);
      case 'withdraw':
        return this.send('handler', 'withdraw', {});
      case 'organisation':
        return this.organisation();
      case 'agreement':
        this.premises.agreement++;
        return this.platform.put('agreements', 'template', this.agreement());
      case 'dataset':
        return this.dataset(one.which);
      case 'tier':
        return this.tier(one.which);
      case 'wait':
        return this.wait(one.days);
      case 'grant':
        return this.command(one.which, { kind: one.command, reason: 'r', until: null } as GrantCommand);
    }
  }

  /** The laws of `design`: which grants there may be, given the application and the world around it. */
  async holdsLaws(after: Step | 'begin'): Promise<void> {
    const application = await this.application();
    const grants = await this.all();
    const what = `after ${JSON.stringify(after)} in ${application.state}`;
    const approved = application.outcomes.filter(({ ruling }) => ruling !== 'refused').map((one) => one.dataset);
    expect(grants.map(({ approval }) => approval.dataset).sort(), `one per approved dataset ${what}`).to.deep.equal(
      approved.sort(),
    );
    for (const grant of grants)
      if (['active', 'limited'].includes(stateOf(grant))) this.isFounded(grant, application, what);
  }

  private isFounded(grant: Grant, application: Application, what: string): void {
    const { agreement, approval, id, startsAt } = grant;
    const signedAt = this.signedAt.get(id) ?? agreement?.at ?? Infinity;
    this.signedAt.set(id, signedAt);
    const on = approval.dataset as Asked;
    expect(application.accepted, `signed ${what}`).to.not.equal(null);
    expect(agreement, `rests on what was signed ${what}`).to.deep.include({ version: application.accepted?.version });
    expect(startsAt, `starts after the first signature ${what}`).to.be.at.least(signedAt);
    expect(this.premises.organisation, `organisation ${what}`).to.equal('active');
    expect(this.premises.state[on], `dataset ${what}`).to.equal('listed');
    expect(this.premises.tier[on], `tier ${what}`).to.equal('conditional');
    expect(application.state, what).to.equal('concluded');
  }

  async isActive(): Promise<boolean> {
    return (await this.all()).some((grant) => stateOf(grant) === 'active');
  }

  private agreement(): { version: number; hash: string } {
    return { version: this.premises.agreement, hash: `h${this.premises.agreement}` };
  }

  private async application(): Promise<Application> {
    const stored = await this.platform.unit.read((reader) => this.applications.find(reader, this.id));
    if (stored === null) throw new Error('no application');
    return stored.application;
  }

  private async all(): Promise<readonly Grant[]> {
    const found = await this.platform.unit.read((reader) => this.grants.store.ofApplication(reader, this.id));
    return found.map(({ grant }) => grant);
  }

  /** The next step of the main road, by whoever may take it; every third ruling approves one dataset only. */
  private async forward(pick: number): Promise<void> {
    const bodies: Partial<Record<CommandName, object>> = {
      advise: { recommendation: 'approve', remark: '' },
      approve: pick === 0 ? { datasets: [{ dataset: 'roads' }] } : {},
      'accept-agreement': this.agreement(),
    };
    for (const who of NAMES) {
      const reading = { principal: principal(who), language: 'en' as const };
      const page = await this.platform.unit.read((reader) =>
        this.platform.applications.queries.page(reader, reading, this.id),
      );
      const name = page.ok ? FORWARD.find((one) => page.value.view.allowedCommands.includes(one)) : undefined;
      if (name !== undefined) return this.send(who, name, bodies[name] ?? {});
    }
  }

  private async send(who: (typeof NAMES)[number], name: CommandName, body: object): Promise<void> {
    const given = { principal: principal(who), ifMatch: null };
    const command = { name, body } as unknown as ApplicationCommand;
    await this.platform.unit.run((tx) => this.platform.applications.service.command(tx, given, this.id, command));
  }

  private async organisation(): Promise<void> {
    const state = this.premises.organisation === 'active' ? 'suspended' : 'active';
    this.premises.organisation = state;
    const event = state === 'suspended' ? 'organisation.suspended' : 'organisation.resumed';
    await this.platform.put('organisations', 'enterprise', organisation('enterprise', 'enterprise', { state }), event);
  }

  private async dataset(on: Asked): Promise<void> {
    const state = this.premises.state[on] === 'listed' ? 'withdrawn' : 'listed';
    this.premises.state[on] = state;
    const event = state === 'withdrawn' ? 'dataset.withdrawn' : 'dataset.restored';
    await this.platform.put('datasets', on, dataset(on, { state, tier: this.premises.tier[on] }), event);
  }

  private async tier(on: Asked): Promise<void> {
    const from = this.premises.tier[on];
    const tier = from === 'restricted' ? 'conditional' : 'restricted';
    this.premises.tier[on] = tier;
    const record = dataset(on, { state: this.premises.state[on], tier });
    await this.platform.put('datasets', on, record, 'dataset.reclassified', { from, to: tier });
  }

  /** Time passes and acts, twice at once as with two instances; what is over is over. */
  private async wait(days: number): Promise<void> {
    const { clock, unit, applications } = this.platform;
    clock.now += days * 86_400_000;
    await Promise.all([this.grants.service.letTimeAct(unit), this.grants.service.letTimeAct(unit)]);
    await Promise.all([applications.clock.letTimeAct(unit), applications.clock.letTimeAct(unit)]);
    for (const grant of await this.all())
      expect(grant.ending === null && grant.endsAt <= clock.now, 'expired in time').to.equal(false);
  }

  private async command(on: Asked, command: GrantCommand): Promise<void> {
    const grant = (await this.all()).find(({ approval }) => approval.dataset === on);
    if (grant === undefined) return;
    await this.platform.unit.run((tx) => this.grants.service.command(tx, grant.id, null, command, SYSTEM));
  }
}

describe('model: applications with their grants on every store', function () {
  this.timeout(240_000);
  eachBackend((backend) => {
    let platform: Platform;
    before(async () => {
      platform = await openPlatform(backend, { grants: true });
    });
    after(() => platform.close());

    it('no grant without its premises, whatever happens in whatever order', async () => {
      let activated = 0;
      await fc.assert(
        fc.asyncProperty(walk, async (steps) => {
          const history = await History.begin(platform);
          for (const one of steps) {
            await history.take(one);
            await history.holdsLaws(one);
            if (await history.isActive()) activated++;
          }
        }),
        { numRuns: backend.dialect === 'mysql' ? 8 : 25, endOnFailure: true, examples: [UNDISTURBED] },
      );
      expect(activated, 'histories reach active grants').to.be.greaterThan(3);
      const report = await platform.unit.read((reader) => verifyLog(reader, [applicationTable, ...grantTables]));
      expect(report.faults).to.deep.equal([]);
    });
  });
});
