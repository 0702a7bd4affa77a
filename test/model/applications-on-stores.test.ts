import { expect } from 'chai';
import fc from 'fast-check';
import {
  type ApplicationCommand,
  applicationTable,
  COMMANDS,
  type CommandName,
  fold,
} from '../../src/applications/index.js';
import { DatabaseApplicationStore } from '../../src/applications/store/database-application-store.js';
import { PROCEEDING_KINDS } from '../../src/kernel/proceeding.js';
import { verifyLog } from '../../src/log/index.js';
import { Driver } from '../support/applications/driver.js';
import { openPlatform, type Platform } from '../support/applications/platform.js';
import { organisation, principal } from '../support/applications/premises.js';
import { eachBackend } from '../support/databases.js';
import { type Name, NAMES } from '../unit/applications/world.js';

interface Seen {
  readonly allowedCommands: readonly CommandName[];
  readonly members: readonly string[];
  readonly proceedings: readonly { readonly kind: string; readonly ended: object | null }[];
}

const FORWARD: readonly CommandName[] = ['accept', 'advise', 'claim', 'approve', 'accept-agreement', 'counter-sign'];
const COLLEAGUES: Readonly<Partial<Record<Name, Name>>> = {
  reviewer: 'reviewer-2',
  'reviewer-2': 'reviewer',
  approver: 'deputy',
  deputy: 'approver',
};

/** A body nothing is wrong with; undefined where this small world has none left (a third colleague, a third member). */
function bodyOf(name: CommandName, who: Name, seen: Seen | null): object | undefined {
  const bodies: Partial<Record<CommandName, object | undefined>> = {
    'request-correction': { defects: [{ text: 'Name the server.' }] },
    reassign: COLLEAGUES[who] && { to: COLLEAGUES[who] },
    'declare-conflict': { text: 'related' },
    ask: { text: 'Who?' },
    answer: { text: 'We.' },
    remark: { text: 'Noted.', private: false },
    consult: { with: 'Road company', question: 'Do you object?' },
    'record-consultation': { view: 'No objection.' },
    extend: { reason: 'An opinion is awaited.' },
    'add-member': member(['handler', 'signatory'].find((one) => !seen?.members.includes(one))),
    'remove-member': member(seen?.members[0] ?? 'nobody'),
    advise: { recommendation: 'approve', remark: '' },
    refuse: { reasons: [{ code: 'other', text: 'No.' }] },
    appeal: { reason: 'The purpose was misread.' },
    'decide-appeal': { outcome: 'reopened', reason: 'It was.' },
    'record-proceeding': { kind: kindOf(seen, false), forum: 'Court', filedOn: '2026-03-02', reference: 'A 1' },
    'record-proceeding-outcome': { kind: kindOf(seen, true), outcome: 'annulled', on: '2026-03-02', text: 'Void.' },
    'accept-agreement': { version: 1, hash: 'h1' },
    'counter-sign': { version: 1, hash: 'h1' },
    'return-agreement': { reason: 'The wrong person accepted it.' },
    close: { reason: 'duplicate' },
  };
  return name in bodies ? bodies[name] : {};
}

/** A kind of which the case has an open proceeding, or has none. */
const kindOf = (seen: Seen | null, open: boolean): string =>
  PROCEEDING_KINDS.find(
    (kind) => (seen?.proceedings ?? []).some((one) => one.kind === kind && one.ended === null) === open,
  ) ?? 'litigation';

const member = (subject: string | undefined): object | undefined => (subject === undefined ? undefined : { subject });

const step = fc.record({ who: fc.constantFrom(...NAMES), name: fc.constantFrom(...COMMANDS), pick: fc.nat(59) });
type Step = { readonly who: Name; readonly name: CommandName; readonly pick: number };

describe('model: random histories on every store', function () {
  this.timeout(240_000);
  eachBackend((backend) => {
    const store = new DatabaseApplicationStore();
    let platform: Platform;
    before(async () => {
      platform = await openPlatform(backend);
    });
    after(() => platform.close());

    const look = async (who: Name, id: string): Promise<Seen | null> => {
      const reading = { principal: principal(who), language: 'en' as const };
      const page = await platform.unit.read((reader) => platform.applications.queries.page(reader, reading, id));
      return page.ok ? (page.value.view as Seen) : null;
    };

    /** Every third step takes the main road by whoever may, so that histories reach their end. */
    const chosen = async (
      { who, name, pick }: Step,
      id: string,
    ): Promise<{ who: Name; name: CommandName; seen: Seen | null }> => {
      for (const one of pick % 3 === 0 ? NAMES : []) {
        const seen = await look(one, id);
        const forward = FORWARD.find((command) => seen?.allowedCommands.includes(command));
        if (forward !== undefined) return { who: one, name: forward, seen };
      }
      return { who, name, seen: await look(who, id) };
    };

    const take = async (random: Step, id: string): Promise<void> => {
      const { who, name, seen } = await chosen(random, id);
      const body = bodyOf(name, who, seen);
      if (body === undefined) return;
      const given = { principal: principal(who), ifMatch: null };
      const command = { name, body } as unknown as ApplicationCommand;
      const outcome = await platform.unit.run((tx) => platform.applications.service.command(tx, given, id, command));
      const lacksColleague = name === 'reassign' && !outcome.ok && outcome.error.code === 'no-successor';
      if (!lacksColleague)
        expect(outcome.ok, `${who} ${name}: ${JSON.stringify(seen)}`).to.equal(
          seen?.allowedCommands.includes(name) ?? false,
        );
      if (random.pick !== 7) return;
      const state = (await platform.unit.read((reader) => store.find(reader, id)))?.version ?? 0;
      await platform.put(
        'organisations',
        'enterprise',
        organisation('enterprise', 'enterprise', { parent: state % 2 === 0 ? 'parent' : 'transport' }),
      );
    };

    it('advertised is accepted, the row is the fold, the log vouches for every row', async () => {
      const reached = new Set<string>();
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 30, maxLength: 40 }), async (steps) => {
          await platform.put(
            'organisations',
            'enterprise',
            organisation('enterprise', 'enterprise', { parent: 'parent' }),
          );
          // Every second case is concluded with the holder's counter-signature.
          const execution = steps.length % 2 === 0 ? 'counter-signature' : 'acceptance';
          await platform.put('agreements', 'template', { version: 1, hash: 'h1', execution });
          const id = await new Driver(platform).at('submitted');
          for (const one of steps) await take(one, id);
          const stored = await platform.unit.read((reader) => store.find(reader, id));
          const events = await platform.unit.read((reader) => store.history(reader, id));
          expect(fold(id, events)).to.deep.equal(stored?.application);
          reached.add(stored?.application.state ?? '');
        }),
        { numRuns: 8, endOnFailure: true },
      );
      expect(
        [...reached].some((state) => state !== 'submitted'),
        'histories go on',
      ).to.equal(true);
      const report = await platform.unit.read((reader) => verifyLog(reader, [applicationTable]));
      expect(report.faults).to.deep.equal([]);
    });
  });
});
