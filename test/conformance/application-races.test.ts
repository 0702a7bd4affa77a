import { expect } from 'chai';
import type { ApplicationCommand, CommandName } from '../../src/applications/index.js';
import { stateOf } from '../../src/grants/index.js';
import type { Result } from '../../src/kernel/result.js';
import { entries } from '../../src/log/index.js';
import { Driver } from '../support/applications/driver.js';
import { openPlatform, type Platform } from '../support/applications/platform.js';
import {
  type Change,
  change,
  concludedBy,
  datasetWithdrawn,
  evidenceStruckOut,
  guarded,
  inBetween,
  organisationSuspended,
  provenApplicant,
  tierRaised,
  unguarded,
  versionPublished,
  type Way,
} from '../support/applications/racing.js';
import { type Backend, eachBackend } from '../support/databases.js';
import type { Name } from '../unit/applications/world.js';

type Given = readonly [who: Name, command: ApplicationCommand];
/** What comes in between: another command on the same application, a premise that changes, time. */
type Other = Given | ((platform: Platform) => Promise<unknown>);

interface Race {
  readonly title: string;
  readonly from: Parameters<Driver['at']>[0];
  /** Before there is an application, and what it asks for. */
  readonly ground?: (platform: Platform) => Promise<void>;
  readonly asks?: object;
  /** Brings the application from there to the start. */
  readonly way?: readonly (readonly [Name, CommandName, object])[];
  readonly first: Given;
  readonly second: Other;
  /** Whether what is in the log, in its order, could have happened one after the other. */
  readonly holds: (events: Events) => boolean;
  /** The code that the loser of two commands gets, whichever comes second. */
  readonly loser?: string;
}

/** The events of the race, without `application.`. */
class Events {
  constructor(private readonly names: readonly string[]) {}
  count(name: string): number {
    return this.names.filter((one) => one === name).length;
  }
  /** Whether one happened although the other had happened before. */
  isAfter(name: string, other: string): boolean {
    return this.names.includes(other) && this.names.lastIndexOf(name) > this.names.indexOf(other);
  }
}

const command = (name: CommandName, body: object = {}) => ({ name, body }) as unknown as ApplicationCommand;
const sign = command('accept-agreement', { version: 1, hash: 'h1' });
const counterSign = command('counter-sign', { version: 1, hash: 'h1' });
const returned = command('return-agreement', { reason: 'The seal is missing.' });
const by =
  (one: Change): Other =>
  (platform) =>
    change(platform, one);

/** The signatory has accepted, and the holder has yet to sign. */
const AT_HOLDER = {
  from: 'approved',
  ground: (platform: Platform) => concludedBy(platform, 'counter-signature'),
  way: [['signatory', 'accept-agreement', { version: 1, hash: 'h1' }]],
} as const;

const RACES: readonly Race[] = [
  {
    title: 'two approvers: one approval',
    from: 'authority',
    first: ['approver', command('approve')],
    second: ['deputy', command('approve')],
    holds: (events) => events.count('approved') === 1,
    loser: 'wrong-state',
  },
  {
    title: 'approve and refuse: one ruling',
    from: 'authority',
    first: ['approver', command('approve')],
    second: ['deputy', command('refuse', { reasons: [{ code: 'other', text: 'No.' }] })],
    holds: (events) => events.count('approved') + events.count('refused') === 1,
    loser: 'wrong-state',
  },
  {
    title: 'approve against withdraw: no approval of a withdrawn application',
    from: 'authority',
    first: ['approver', command('approve')],
    second: ['handler', command('withdraw')],
    holds: (events) => !events.isAfter('approved', 'withdrawn'),
  },
  {
    title: 'approve against a suspension of the organisation: no approval after it',
    from: 'authority',
    first: ['approver', command('approve')],
    second: by(organisationSuspended),
    holds: (events) => !events.isAfter('approved', 'organisation.suspended'),
  },
  {
    title: 'approve against the withdrawal of the dataset: no approval after it',
    from: 'authority',
    first: ['approver', command('approve')],
    second: by(datasetWithdrawn),
    holds: (events) => !events.isAfter('approved', 'dataset.withdrawn'),
  },
  {
    title: 'approve against a raised tier: no approval of what is closed',
    from: 'authority',
    first: ['approver', command('approve')],
    second: by(tierRaised),
    holds: (events) => !events.isAfter('approved', 'dataset.reclassified'),
  },
  {
    title: 'sign against a raised tier: nothing is signed for what is closed',
    from: 'approved',
    first: ['signatory', sign],
    second: by(tierRaised),
    holds: (events) => !events.isAfter('agreement-accepted', 'dataset.reclassified'),
  },
  {
    title: 'sign against a new version: nobody signs what is no longer in force',
    from: 'approved',
    first: ['signatory', sign],
    second: by(versionPublished),
    holds: (events) => !events.isAfter('agreement-accepted', 'agreement.changed'),
  },
  {
    title: 'sign against the withdrawal of the dataset: nothing is signed for what is gone',
    from: 'approved',
    first: ['signatory', sign],
    second: by(datasetWithdrawn),
    holds: (events) => !events.isAfter('agreement-accepted', 'dataset.withdrawn'),
  },
  {
    title: 'sign against a suspension of the organisation: nothing is signed after it',
    from: 'approved',
    first: ['signatory', sign],
    second: by(organisationSuspended),
    holds: (events) => !events.isAfter('agreement-accepted', 'organisation.suspended'),
  },
  {
    title: 'two signatures at once: one acceptance',
    from: 'approved',
    first: ['signatory', sign],
    second: ['signatory', sign],
    holds: (events) => events.count('agreement-accepted') === 1,
    loser: 'already-accepted',
  },
  {
    title: 'sign against withdraw: one of the two',
    from: 'approved',
    first: ['signatory', sign],
    second: ['handler', command('withdraw')],
    holds: (events) => events.count('agreement-accepted') + events.count('withdrawn') === 1,
    loser: 'wrong-state',
  },
  {
    title: 'approve against the strike-out of what proves it: no approval after it, and what was approved rests',
    from: 'authority',
    ground: provenApplicant,
    asks: { datasets: [{ dataset: 'proofs' }] },
    first: ['approver', command('approve')],
    second: by(evidenceStruckOut),
    holds: (events) => !events.isAfter('approved', 'evidence.struck-out') && events.count('grant.suspended') === 1,
  },
  {
    title: 'two counter-signatures at once: one conclusion',
    ...AT_HOLDER,
    first: ['reviewer', counterSign],
    second: ['reviewer', counterSign],
    holds: (events) => events.count('agreement-counter-signed') === 1,
    loser: 'no-counter-signature',
  },
  {
    title: 'counter-sign against its return: one of the two',
    ...AT_HOLDER,
    first: ['reviewer', counterSign],
    second: ['reviewer', returned],
    holds: (events) => events.count('agreement-counter-signed') + events.count('agreement-returned') === 1,
    loser: 'no-counter-signature',
  },
  {
    title: 'counter-sign against a new version: the holder signs nothing that is no longer in force',
    ...AT_HOLDER,
    first: ['reviewer', counterSign],
    second: by(versionPublished),
    holds: (events) => !events.isAfter('agreement-counter-signed', 'agreement.changed'),
  },
  {
    title: 'counter-sign against a suspension of the organisation: nothing is concluded after it',
    ...AT_HOLDER,
    first: ['reviewer', counterSign],
    second: by(organisationSuspended),
    holds: (events) => !events.isAfter('agreement-counter-signed', 'organisation.suspended'),
  },
  {
    title: 'claimed by two: one has it',
    from: 'holder',
    first: ['reviewer', command('claim')],
    second: ['reviewer-2', command('claim')],
    holds: (events) => events.count('claimed') === 1,
    loser: 'claimed-by-another',
  },
  {
    title: 'submitted twice at once: one submission, one number',
    from: 'draft',
    first: ['handler', command('submit')],
    second: ['handler', command('submit')],
    holds: (events) => events.count('submitted') === 1,
    loser: 'wrong-state',
  },
  {
    title: 'corrected at the last moment against its abandonment: one of the two',
    from: 'submitted',
    way: [['reviewer', 'request-correction', { defects: [{ text: 'Name the server.' }] }]],
    first: ['handler', command('submit')],
    second: (platform) => {
      platform.clock.now += 30 * 86_400_000;
      return platform.applications.clock.letTimeAct(platform.unit);
    },
    holds: (events) => events.count('corrected') + events.count('abandoned') === 1,
  },
];

/** On one connection a reading cannot stand beside a writing, so the unguarded way cannot be shown in memory. */
const hasTwoConnections = (backend: Backend): boolean => backend.durable;
const isGiven = (other: Other): other is Given => typeof other !== 'function';

describe('conformance: races of applications', function () {
  this.timeout(240_000);
  eachBackend((backend) => {
    let platform: Platform;
    afterEach(() => platform.close());

    /** Runs a race from its start, and gives the outcomes of both sides and what is in the log. */
    async function run({ from, ground, asks, way: road = [], first, second }: Race, way: Way, grants: boolean) {
      platform = await openPlatform(backend, { grants });
      await ground?.(platform);
      const driver = new Driver(platform);
      const id = await driver.at(from, asks);
      for (const [who, name, body] of road) await driver.command(who, id, name, body);
      const log = async () => {
        const all = await platform.unit.read((reader) => entries(reader, { after: 0, limit: 500 }));
        return all.map(({ event }) => event.replace('application.', ''));
      };
      const before = (await log()).length;
      const other = () =>
        isGiven(second) ? guarded(platform, second[0], id, second[1]) : Promise.resolve(second(platform));
      const outcomes = await inBetween<Result<unknown>, unknown>(
        (read) => way(platform, first[0], id, first[1], read),
        other,
      );
      return { id, outcomes, events: new Events((await log()).slice(before)) };
    }

    for (const race of RACES) {
      it(race.title, async () => {
        const { id, outcomes, events } = await run(race, guarded, true);
        expect(race.holds(events), JSON.stringify(events)).to.equal(true);
        for (const outcome of outcomes) expect(outcome.status, JSON.stringify(outcome)).to.equal('fulfilled');
        const refused = outcomes.flatMap((outcome) => {
          const value = outcome.status === 'fulfilled' ? (outcome.value as Result<unknown> | undefined) : undefined;
          return value !== undefined && value.ok === false ? [value.error.code] : [];
        });
        if (isGiven(race.second)) expect(refused).to.deep.equal(race.loser === undefined ? [] : [race.loser]);
        const grants = await platform.unit.read((reader) => platform.grants!.store.ofApplication(reader, id));
        expect(grants.length, 'one grant at most').to.be.at.most(1);
        const signed = events.count('agreement-accepted') + events.count('agreement-counter-signed') === 1;
        for (const { grant } of grants)
          if (stateOf(grant) === 'active') expect(signed, 'active only when signed').to.equal(true);
      });

      if (hasTwoConnections(backend)) {
        it(`fails without the protection: ${race.title}`, async () => {
          const { events } = await run(race, unguarded, false);
          expect(race.holds(events), JSON.stringify(events)).to.equal(false);
        });
      }
    }
  });
});
