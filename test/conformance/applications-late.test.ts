import { expect } from 'chai';
import type { ApplicationCommand, CommandName } from '../../src/applications/index.js';
import { stateOf } from '../../src/grants/index.js';
import { refusal } from '../../src/kernel/refusal.js';
import { err, type Result } from '../../src/kernel/result.js';
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
import { eachBackend } from '../support/databases.js';
import type { Name } from '../unit/applications/world.js';

type Given = readonly [who: Name, command: ApplicationCommand];
interface Late {
  readonly title: string;
  readonly from: Parameters<Driver['at']>[0];
  readonly ground?: (platform: Platform) => Promise<void>;
  readonly asks?: object;
  /** Brings the application from there to the start. */
  readonly way?: readonly (readonly [Name, CommandName, object])[];
  readonly first: Given | Change;
  readonly second: Given;
  readonly code: string;
}

const command = (name: CommandName, body: object = {}) => ({ name, body }) as unknown as ApplicationCommand;
const VERSION = { version: 1, hash: 'h1' };
const approve: Given = ['approver', command('approve')];
const sign: Given = ['signatory', command('accept-agreement', VERSION)];
const counterSign: Given = ['reviewer', command('counter-sign', VERSION)];
const withdraw: Given = ['handler', command('withdraw')];
const RULED = { from: 'authority', second: approve } as const;
const SIGNED = { from: 'approved', second: sign } as const;
const COUNTER_SIGNED = {
  from: 'approved',
  ground: (platform: Platform) => concludedBy(platform, 'counter-signature'),
  way: [['signatory', 'accept-agreement', VERSION]],
  second: counterSign,
} as const;

const LATE: readonly Late[] = [
  { title: 'an approval after a withdrawal', ...RULED, first: withdraw, code: 'wrong-state' },
  { title: 'an approval after a suspension', ...RULED, first: organisationSuspended, code: 'applicant-suspended' },
  { title: 'an approval of what was withdrawn', ...RULED, first: datasetWithdrawn, code: 'dataset-unavailable' },
  { title: 'an approval of what was closed', ...RULED, first: tierRaised, code: 'tier-changed' },
  {
    title: 'an approval on a proof that was struck out',
    ...RULED,
    ground: provenApplicant,
    asks: { datasets: [{ dataset: 'proofs' }] },
    first: evidenceStruckOut,
    code: 'evidence-unverified',
  },
  {
    title: 'a submission after a suspension',
    from: 'draft',
    first: organisationSuspended,
    second: ['handler', command('submit')],
    code: 'applicant-suspended',
  },
  { title: 'a signature after a withdrawal', ...SIGNED, first: withdraw, code: 'wrong-state' },
  { title: 'a signature after a suspension', ...SIGNED, first: organisationSuspended, code: 'applicant-suspended' },
  { title: 'a signature for what was withdrawn', ...SIGNED, first: datasetWithdrawn, code: 'dataset-unavailable' },
  { title: 'a signature for what was closed', ...SIGNED, first: tierRaised, code: 'tier-changed' },
  { title: 'a signature under a replaced version', ...SIGNED, first: versionPublished, code: 'agreement-changed' },
  {
    title: 'a counter-signature under a replaced version',
    ...COUNTER_SIGNED,
    first: versionPublished,
    code: 'no-counter-signature',
  },
  {
    title: 'a counter-signature after a suspension',
    ...COUNTER_SIGNED,
    first: organisationSuspended,
    code: 'applicant-suspended',
  },
];

const isGiven = (first: Given | Change): first is Given => Array.isArray(first);

/** What comes second finds what came first, though it was sent before that had ended, and is told so by its code. */
describe('conformance: what comes too late to an application', function () {
  this.timeout(240_000);
  eachBackend((backend) => {
    let platform: Platform;
    afterEach(() => platform.close());

    /** The first lingers with its locks held; the second comes meanwhile. */
    async function run({ from, ground, asks, way: road = [], first, second }: Late, way: Way, grants: boolean) {
      platform = await openPlatform(backend, { grants });
      await ground?.(platform);
      const driver = new Driver(platform);
      const id = await driver.at(from, asks);
      for (const [who, name, body] of road) await driver.command(who, id, name, body);
      const outcomes = await inBetween<Result<unknown>, Result<unknown>>(
        (read) => (isGiven(first) ? guarded(platform, first[0], id, first[1], read) : change(platform, first, read)),
        () => way(platform, second[0], id, second[1]),
      );
      const [early, late] = outcomes.map((one) =>
        one.status === 'fulfilled' ? one.value : err(refusal('internal-error', String(one.reason))),
      );
      return { id, early, late };
    }

    for (const one of LATE) {
      it(`${one.title} is refused as ${one.code}, and does nothing`, async () => {
        const { id, early, late } = await run(one, guarded, true);
        expect(early?.ok, JSON.stringify(early)).to.equal(true);
        expect(late?.ok === false ? late.error.code : 'accepted', JSON.stringify(late)).to.equal(one.code);
        const grants = await platform.unit.read((reader) => platform.grants!.store.ofApplication(reader, id));
        for (const { grant } of grants) expect(stateOf(grant)).to.be.oneOf(['pending', 'suspended', 'revoked']);
      });

      if (backend.durable) {
        it(`fails without the protection: ${one.title}`, async () => {
          const { late } = await run(one, unguarded, false);
          expect(late?.ok, 'it believes that it had effect').to.equal(true);
        });
      }
    }
  });
});
