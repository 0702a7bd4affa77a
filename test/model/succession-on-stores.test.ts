import { expect } from 'chai';
import fc from 'fast-check';
import {
  type Application,
  applicationTable,
  type CommandName,
  type SuccessionKind,
} from '../../src/applications/index.js';
import { DatabaseApplicationStore } from '../../src/applications/store/database-application-store.js';
import type { EvidenceCommand } from '../../src/evidence/domain/decide.js';
import { evidenceTables } from '../../src/evidence/index.js';
import { type GrantCommand } from '../../src/grants/domain/decide.js';
import { type Grant, type Grants, conditionsOf, grantTables, stateOf } from '../../src/grants/index.js';
import { SYSTEM } from '../../src/kernel/principal.js';
import { addDays, dayOf } from '../../src/kernel/time.js';
import { verifyLog } from '../../src/log/index.js';
import { Driver } from '../support/applications/driver.js';
import { openPlatform, type Platform } from '../support/applications/platform.js';
import { principal } from '../support/applications/premises.js';
import { eachBackend } from '../support/databases.js';
import { type Name, NAMES } from '../unit/applications/world.js';

const DAY = 86_400_000;
const KIND = 'mlps-filing';

type Step =
  | { readonly kind: 'begin'; readonly how: SuccessionKind; readonly pick: number }
  | { readonly kind: 'forward' | 'withdraw' | 'refuse'; readonly pick: number }
  | { readonly kind: 'wait'; readonly days: number }
  | { readonly kind: 'file'; readonly from: number; readonly days: number | null }
  | { readonly kind: 'judge'; readonly how: 'verify' | 'reject' | 'withdraw' | 'strike-out'; readonly pick: number }
  | { readonly kind: 'grant'; readonly how: 'suspend' | 'resume' | 'revoke' | 'relinquish'; readonly pick: number };

const pick = fc.nat(5);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('begin' as const),
      how: fc.constantFrom('renewal' as const, 'amendment' as const),
      pick,
    }),
  },
  { weight: 12, arbitrary: fc.record({ kind: fc.constant('forward' as const), pick }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('withdraw' as const, 'refuse' as const), pick }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('wait' as const), days: fc.constantFrom(1, 3, 10, 25, 70) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('file' as const),
      from: fc.constantFrom(0, 0, 5),
      days: fc.option(fc.constantFrom(2, 20, 400), { freq: 6 }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('judge' as const),
      how: fc.constantFrom(
        'verify' as const,
        'verify' as const,
        'verify' as const,
        'reject' as const,
        'withdraw' as const,
        'strike-out' as const,
      ),
      pick,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('grant' as const),
      how: fc.constantFrom(
        'suspend' as const,
        'resume' as const,
        'resume' as const,
        'revoke' as const,
        'relinquish' as const,
      ),
      pick,
    }),
  },
);

/** From a grant to the one that follows it, before anything else happens. */
const AHEAD: readonly Step[] = [
  { kind: 'begin', how: 'renewal', pick: 0 },
  ...Array.from({ length: 4 }, (): Step => ({ kind: 'forward', pick: 0 })),
  { kind: 'wait', days: 70 },
  { kind: 'begin', how: 'amendment', pick: 0 },
  ...Array.from({ length: 6 }, (): Step => ({ kind: 'forward', pick: 0 })),
];
const walk = fc.array(step, { minLength: 15, maxLength: 35 });

/** One organisation with its evidence, its grants of one dataset, and the applications that renew and amend them. */
class History {
  private readonly applications = new DatabaseApplicationStore();
  private readonly ids: string[] = [];
  private papers = 0;

  private constructor(
    private readonly platform: Platform,
    private readonly grants: Grants,
  ) {}

  static async begin(platform: Platform): Promise<History> {
    const history = new History(platform, platform.grants as Grants);
    for (const { id } of await history.evidence())
      await history.judge(id, { name: 'withdraw', reason: null }, 'handler');
    const [paper] = [await history.file(0, 400)];
    await history.judge(paper, { name: 'verify', remark: null }, 'officer');
    const today = dayOf(platform.clock.now);
    const period = { from: today, to: addDays(today, 60) };
    history.ids.push(await new Driver(platform).at('concluded', { datasets: [{ dataset: 'proofs' }], period }));
    return history;
  }

  async take(one: Step): Promise<void> {
    switch (one.kind) {
      case 'begin':
        return this.succeed(one.how, one.pick);
      case 'forward':
        return this.forward();
      case 'withdraw':
        return this.send('handler', this.ids.at(-1) as string, 'withdraw', {});
      case 'refuse':
        return this.send('approver', this.ids.at(-1) as string, 'refuse', { reasons: [{ code: 'other', text: 'no' }] });
      case 'wait':
        return this.wait(one.days);
      case 'file':
        await this.file(one.from, one.days);
        return undefined;
      case 'judge': {
        const all = await this.evidence();
        const found = all[one.pick % Math.max(1, all.length)];
        const command = { name: one.how, reason: 'r', remark: null } as EvidenceCommand;
        if (found !== undefined) await this.judge(found.id, command, one.how === 'withdraw' ? 'handler' : 'officer');
        return undefined;
      }
      case 'grant': {
        const all = await this.all();
        const found = all[one.pick % all.length] as Grant;
        const command = { kind: one.how, reason: 'r', until: null } as GrantCommand;
        await this.platform.unit.run((tx) => this.grants.service.command(tx, found.id, null, command, SYSTEM));
        return undefined;
      }
    }
  }

  /** The laws that renewals, amendments and evidence are held to, whatever happened. */
  async holdsLaws(after: Step): Promise<void> {
    const what = `after ${JSON.stringify(after)}`;
    const all = await this.all();
    const { now } = this.platform.clock;
    for (const id of this.ids) await this.hasOneGrantEach(id, all, what);
    const serving = (at: number) => all.filter((grant) => serves(grant, at));
    for (const at of [now, ...all.flatMap(({ startsAt, endsAt }) => [startsAt, endsAt - 1, endsAt])])
      if (at >= now) expect(serving(at).length, `one at most serves at ${at - now} ${what}`).to.be.at.most(1);
    for (const old of all) this.givesWayExactly(old, all, what);
    const proved = (
      await this.platform.unit.read((reader) => this.platform.evidence.service.standings(reader, 'enterprise'))
    ).get(KIND);
    for (const grant of all)
      if (
        serves(grant, now) &&
        conditionsOf(grant).some(({ kind, evidence }) => kind === KIND && evidence !== undefined)
      )
        expect(proved, `rests on something ${what}`).to.not.equal(undefined);
    const open = all.filter(({ following }) => following != null);
    expect(new Set(open.map(({ following }) => following?.application)).size, what).to.equal(open.length);
  }

  async succeeded(): Promise<number> {
    return (await this.all()).filter(({ successor }) => successor !== undefined).length;
  }

  private async hasOneGrantEach(id: string, all: readonly Grant[], what: string): Promise<void> {
    const application = await this.application(id);
    const approved = application.outcomes.filter(({ ruling }) => ruling !== 'refused');
    const own = all.filter(({ approval }) => approval.application === id);
    expect(own.length, `one grant per approved dataset ${what}`).to.equal(approved.length);
    for (const grant of own)
      if (['active', 'limited'].includes(stateOf(grant))) expect(application.state, what).to.equal('concluded');
  }

  /** Where another grant follows, this one serves until that one starts, to the millisecond, and never after it. */
  private givesWayExactly(old: Grant, all: readonly Grant[], what: string): void {
    const { successor } = old;
    if (successor === undefined) return;
    const next = all.find(({ id }) => id === successor.grant);
    expect(next?.approval.succeeds, what).to.deep.equal({ grant: old.id, kind: successor.kind });
    expect(old.endsAt <= successor.at, `no overlap ${what}`).to.equal(true);
    if (successor.kind === 'amendment') expect(old.endsAt, `no gap ${what}`).to.equal(successor.at);
  }

  private async evidence() {
    return this.platform.unit.read((reader) => this.platform.evidence.store.open(reader, 'enterprise'));
  }

  private async file(from: number, days: number | null): Promise<string> {
    const today = dayOf(this.platform.clock.now);
    const filed = await this.platform.unit.run((tx) =>
      this.platform.evidence.service.file(tx, principal('handler'), {
        kind: KIND,
        issuer: 'Bureau',
        reference: `No. ${++this.papers} of ${this.platform.clock.now}`,
        validFrom: from === 0 ? null : addDays(today, from),
        validUntil: days === null ? null : addDays(today, from + days),
        attachment: null,
        replaces: null,
      }),
    );
    if (!filed.ok) throw new Error(filed.error.code);
    return filed.value.evidence.id;
  }

  private async judge(id: string, command: EvidenceCommand, by: Name): Promise<void> {
    await this.platform.unit.run((tx) => this.platform.evidence.service.command(tx, principal(by), id, null, command));
  }

  private async application(id: string): Promise<Application> {
    const stored = await this.platform.unit.read((reader) => this.applications.find(reader, id));
    if (stored === null) throw new Error('no application');
    return stored.application;
  }

  private async all(): Promise<readonly Grant[]> {
    const found: Grant[] = [];
    for (const id of this.ids)
      found.push(
        ...(await this.platform.unit.read((reader) => this.grants.store.ofApplication(reader, id))).map(
          ({ grant }) => grant,
        ),
      );
    return found;
  }

  private async succeed(kind: SuccessionKind, at: number): Promise<void> {
    const all = await this.all();
    const grant = all[(all.length - 1 + at) % all.length] as Grant;
    const succession = { grant: grant.id, kind };
    const { service } = this.platform.applications;
    const could = await this.platform.unit.read((reader) =>
      service.couldSucceed(reader, principal('handler'), succession),
    );
    const begun = await this.platform.unit.run((tx) => service.succeed(tx, principal('handler'), succession));
    expect(begun.ok, 'what is offered is accepted, what is not is refused').to.equal(could);
    if (begun.ok) this.ids.push(begun.value.stored.application.id);
  }

  /** The next step of the newest application, by whoever may take it. */
  private async forward(): Promise<void> {
    const id = this.ids.at(-1) as string;
    const bodies: Partial<Record<CommandName, object>> = {
      advise: { recommendation: 'approve', remark: '' },
      'accept-agreement': { version: 1, hash: 'h1' },
    };
    for (const who of NAMES) {
      const reading = { principal: principal(who), language: 'en' as const };
      const page = await this.platform.unit.read((reader) =>
        this.platform.applications.queries.page(reader, reading, id),
      );
      const name = page.ok ? ROAD.find((one) => page.value.view.allowedCommands.includes(one)) : undefined;
      if (name !== undefined) return this.send(who, id, name, bodies[name] ?? {});
    }
  }

  private async send(who: Name, id: string, name: CommandName, body: object): Promise<void> {
    const given = { principal: principal(who), ifMatch: null };
    const command = { name, body } as never;
    await this.platform.unit.run((tx) => this.platform.applications.service.command(tx, given, id, command));
  }

  /** Time passes and acts, twice at once as with two instances. */
  private async wait(days: number): Promise<void> {
    const { clock, unit, applications, evidence } = this.platform;
    clock.now += days * DAY;
    await Promise.all([evidence.service.letTimeAct(unit), evidence.service.letTimeAct(unit)]);
    await Promise.all([this.grants.service.letTimeAct(unit), this.grants.service.letTimeAct(unit)]);
    await applications.clock.letTimeAct(unit);
  }
}

const ROAD: readonly CommandName[] = ['submit', 'accept', 'advise', 'claim', 'approve', 'accept-agreement'];

const serves = (grant: Grant, at: number): boolean =>
  ['active', 'limited'].includes(stateOf(grant)) && grant.startsAt <= at && at < grant.endsAt;

describe('model: grants that are renewed and amended, and the evidence they rest on, on every store', function () {
  this.timeout(240_000);
  eachBackend((backend) => {
    let platform: Platform;
    before(async () => {
      platform = await openPlatform(backend, { grants: true });
    });
    after(() => platform.close());

    it('one serves at most, and nothing without its proof, whatever happens in whatever order', async () => {
      let succeeded = 0;
      await fc.assert(
        fc.asyncProperty(fc.boolean(), walk, async (ahead, steps) => {
          const history = await History.begin(platform);
          for (const one of ahead ? [...AHEAD, ...steps] : steps) {
            await history.take(one);
            await history.holdsLaws(one);
          }
          succeeded += await history.succeeded();
        }),
        { numRuns: backend.dialect === 'mysql' ? 6 : 20, endOnFailure: true, examples: [[true, []]] },
      );
      expect(succeeded, 'histories reach grants that follow each other').to.be.greaterThan(1);
      const tables = [applicationTable, ...grantTables, ...evidenceTables];
      expect((await platform.unit.read((reader) => verifyLog(reader, tables))).faults).to.deep.equal([]);
    });
  });
});
