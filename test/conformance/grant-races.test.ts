import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import type { GrantCommand } from '../../src/grants/domain/decide.js';
import { evolve } from '../../src/grants/domain/evolve.js';
import type { GrantEvent } from '../../src/grants/domain/events.js';
import type { Grant, GrantStore, StoredGrant } from '../../src/grants/index.js';
import { GrantService } from '../../src/grants/grant-service.js';
import { DatabaseGrantStore } from '../../src/grants/store/database-grant-store.js';
import { GrantRow } from '../../src/grants/store/grant-row.js';
import { canonicalJson } from '../../src/kernel/canonical.js';
import { SYSTEM } from '../../src/kernel/principal.js';
import type { Result } from '../../src/kernel/result.js';
import { entries } from '../../src/log/index.js';
import { Driver } from '../support/applications/driver.js';
import { openPlatform, type Platform } from '../support/applications/platform.js';
import { inBetween, outsideTheMutex, unlocked } from '../support/applications/racing.js';
import { eachBackend } from '../support/databases.js';

/** Lingers between reading and writing; `blind` writes without looking at the version. */
class SlowGrantStore extends DatabaseGrantStore {
  constructor(
    private readonly read: () => void,
    private readonly blind: boolean,
  ) {
    super();
  }

  override async update(...[tx, before, next]: Parameters<GrantStore['update']>): Promise<StoredGrant> {
    this.read();
    await sleep(150);
    if (!this.blind) return super.update(tx, before, next);
    const version = before.version + 1;
    await tx.manager.update(GrantRow, { id: next.id }, { premises: next as never, version });
    return { grant: next, version };
  }
}

const suspend: GrantCommand = { kind: 'suspend', reason: 'r', until: null };
const resume: GrantCommand = { kind: 'resume', reason: 'cleared' };
const revoke: GrantCommand = { kind: 'revoke', reason: 'r' };
const relinquish: GrantCommand = { kind: 'relinquish', reason: 'done' };
const limit: GrantCommand = { kind: 'limit', reason: 'r', quota: 3, delivery: null, until: null };

describe('conformance: races of grants', function () {
  this.timeout(240_000);
  eachBackend((backend) => {
    let platform: Platform;
    let id: string;

    /** An active grant under a limit, so that it can be suspended as well as resumed. */
    beforeEach(async () => {
      platform = await openPlatform(backend, { grants: true });
      const application = await new Driver(platform).at('concluded');
      const [stored] = await platform.unit.read((reader) => platform.grants!.store.ofApplication(reader, application));
      id = stored?.grant.id ?? '';
      await give(limit);
    });
    afterEach(() => platform.close());

    const version = async (): Promise<number> =>
      (await platform.unit.read((reader) => platform.grants!.store.find(reader, id)))?.version ?? 0;
    const give = (command: GrantCommand, seen: number | null = null, read = () => {}): Promise<Result<unknown>> => {
      const service = new GrantService(new SlowGrantStore(read, false), { next: () => 'unused' });
      return platform.unit.run((tx) => service.command(tx, id, seen, command, SYSTEM));
    };
    const giveBlindly = (command: GrantCommand, seen: number, read: () => void): Promise<Result<unknown>> => {
      const service = new GrantService(new SlowGrantStore(read, true), { next: () => 'unused' });
      if (platform.database.dialect === 'mysql')
        return platform.unit.run((tx) => service.command(unlocked(tx), id, seen, command, SYSTEM));
      return outsideTheMutex(platform, (tx) => service.command(tx, id, seen, command, SYSTEM));
    };

    /** Whether the row is what the log says happened, in the order in which it says so. */
    const isFold = async (): Promise<boolean> => {
      const all = await platform.unit.read((reader) => entries(reader, { after: 0, limit: 500 }));
      const own = all.filter(({ subject }) => subject.kind === 'grant' && subject.id === id);
      const folded = own.reduce<Grant | null>(
        (grant, entry) =>
          evolve(grant, { event: entry.event, at: entry.data['at'], data: told(entry.data) } as GrantEvent),
        null,
      );
      const stored = await platform.unit.read((reader) => platform.grants!.store.find(reader, id));
      return (
        canonicalJson(folded?.holds) === canonicalJson(stored?.grant.holds) &&
        canonicalJson(folded?.ending) === canonicalJson(stored?.grant.ending)
      );
    };
    const told = ({
      at: _at,
      application: _a,
      dataset: _d,
      organisation: _o,
      holder: _h,
      ...data
    }: Record<string, unknown>) => data;

    const PAIRS: readonly (readonly [string, GrantCommand, GrantCommand])[] = [
      ['suspend against resume', suspend, resume],
      ['resume against suspend', resume, suspend],
      ['revoke against relinquish', revoke, relinquish],
      ['two suspensions', suspend, suspend],
    ];
    for (const [title, first, second] of PAIRS) {
      it(`${title} on the version both saw: one has effect, the other is told so`, async () => {
        const seen = await version();
        const outcomes = await inBetween(
          (read) => give(first, seen, read),
          () => give(second, seen),
        );
        const codes = outcomes.map((outcome) => {
          if (outcome.status === 'rejected') return String(outcome.reason);
          return outcome.value.ok ? 'accepted' : outcome.value.error.code;
        });
        expect(codes).to.deep.equal(['accepted', 'stale-etag']);
        expect(await isFold()).to.equal(true);
      });

      if (backend.durable) {
        it(`fails without the protection: ${title}`, async () => {
          const seen = await version();
          const outcomes = await inBetween(
            (read) => giveBlindly(first, seen, read),
            () => give(second, seen),
          );
          const accepted = outcomes.filter((outcome) => outcome.status === 'fulfilled' && outcome.value.ok);
          expect(accepted, 'both believe they had effect').to.have.length(2);
        });
      }
    }

    it('suspended while time expires it: it ends once, and stays ended', async () => {
      const { endsAt } = (await platform.unit.read((reader) => platform.grants!.store.find(reader, id)))!.grant;
      const outcomes = await inBetween(
        (read) => give(suspend, null, read),
        () => {
          platform.clock.now = endsAt;
          return platform.grants!.service.letTimeAct(platform.unit);
        },
      );
      expect(outcomes.map(({ status }) => status)).to.deep.equal(['fulfilled', 'fulfilled']);
      const ended = (await platform.unit.read((reader) => platform.grants!.store.find(reader, id)))!.grant;
      expect(ended.ending?.how).to.equal('expired');
      expect(await isFold()).to.equal(true);
    });
  });
});
