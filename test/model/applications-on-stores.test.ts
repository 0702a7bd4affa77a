import { expect } from 'chai';
import fc from 'fast-check';
import { allowedCommands } from '../../src/applications/domain/decide.js';
import {
  type Application,
  type ApplicationCommand,
  applicationTable,
  COMMANDS,
  type CommandName,
  fold,
} from '../../src/applications/index.js';
import type { Desk, Facts, Seat } from '../../src/applications/domain/facts.js';
import { DatabaseApplicationStore } from '../../src/applications/store/database-application-store.js';
import type { Id } from '../../src/kernel/ids.js';
import { PROCEEDING_KINDS } from '../../src/kernel/proceeding.js';
import { verifyLog } from '../../src/log/index.js';
import { Driver } from '../support/applications/driver.js';
import { openPlatform, type Platform } from '../support/applications/platform.js';
import { organisation, principal } from '../support/applications/premises.js';
import { eachBackend } from '../support/databases.js';
import { type Name, NAMES, rules, World } from '../unit/applications/world.js';

/** How many commands a walk sends to each store, and where a walk that failed began: both as it printed them. */
const DEPTH = Number(process.env['TIERGATE_TEST_COMMANDS'] ?? 10_000);
const SEED = process.env['TIERGATE_TEST_SEED'];
const STEPS = 50;

const FORWARD: readonly CommandName[] = ['accept', 'advise', 'claim', 'approve', 'accept-agreement', 'counter-sign'];
const COLLEAGUES: Readonly<Partial<Record<Name, Name>>> = {
  reviewer: 'reviewer-2',
  'reviewer-2': 'reviewer',
  approver: 'deputy',
  deputy: 'approver',
};

/** A body nothing is wrong with; undefined where this small world has none left (a third colleague, a third member). */
function bodyOf(name: CommandName, who: Name, { current }: World): object | undefined {
  const { members } = current.request;
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
    'add-member': member(['handler', 'signatory'].find((one) => !members.includes(one))),
    'remove-member': member(members[0] ?? 'nobody'),
    advise: { recommendation: 'approve', remark: '' },
    refuse: { reasons: [{ code: 'other', text: 'No.' }] },
    appeal: { reason: 'The purpose was misread.' },
    'decide-appeal': { outcome: 'reopened', reason: 'It was.' },
    'record-proceeding': { kind: kindOf(current, false), forum: 'Court', filedOn: '2026-03-02', reference: 'A 1' },
    'record-proceeding-outcome': { kind: kindOf(current, true), outcome: 'annulled', on: '2026-03-02', text: 'Void.' },
    'accept-agreement': { version: 1, hash: 'h1' },
    'counter-sign': { version: 1, hash: 'h1' },
    'return-agreement': { reason: 'The wrong person accepted it.' },
    close: { reason: 'duplicate' },
  };
  return name in bodies ? bodies[name] : {};
}

/** A kind of which the case has an open proceeding, or has none. */
const kindOf = ({ proceedings = [] }: Application, open: boolean): string =>
  PROCEEDING_KINDS.find((kind) => proceedings.some((one) => one.kind === kind && one.ended === null) === open) ??
  'litigation';

const member = (subject: string | undefined): object | undefined => (subject === undefined ? undefined : { subject });

const step = fc.record({ who: fc.constantFrom(...NAMES), name: fc.constantFrom(...COMMANDS), pick: fc.nat(59) });
type Step = { readonly who: Name; readonly name: CommandName; readonly pick: number };

const advertised = (world: World, who: Name): readonly CommandName[] =>
  allowedCommands(rules, world.current, world.facts(who));

/** A third of the steps takes the main road by whoever may, a third anything its actor may, a third anything at all. */
function chosen({ who, name, pick }: Step, world: World): { readonly who: Name; readonly name: CommandName } {
  const may = pick % 3 === 1 ? advertised(world, who) : [];
  if (may.length > 0) return { who, name: may[pick % may.length] ?? name };
  for (const one of pick % 3 === 0 ? NAMES : []) {
    const forward = FORWARD.find((command) => advertised(world, one).includes(command));
    if (forward !== undefined) return { who: one, name: forward };
  }
  return { who, name };
}

/** The world by the premises that the stores stand on: whoever has a post belongs to its body. */
class Town extends World {
  override facts(...asked: Parameters<World['facts']>): Facts {
    const facts = super.facts(...asked);
    const of = (seats: readonly Seat[], body: Id): Seat[] =>
      seats.map(({ person }) => ({ person, organisations: [body] }));
    const desk = (one: Desk): Desk => ({
      ...one,
      eligible: of(one.eligible, one.organisation),
      substitutes: of(one.substitutes, one.substituteOrganisation),
    });
    return { ...facts, desks: { holder: desk(facts.desks.holder), authority: desk(facts.desks.authority) } };
  }
}

/** Cases on a store, each beside a world in memory that says what may be done: the store has to agree. */
class Walk {
  readonly store = new DatabaseApplicationStore();
  readonly reached = new Set<string>();
  accepted = 0;
  refused = 0;

  constructor(readonly platform: Platform) {}

  private parent(world: World, parent: string): Promise<void> {
    world.applicant = { ...world.applicant, parent };
    return this.platform.put('organisations', 'enterprise', organisation('enterprise', 'enterprise', { parent }));
  }

  private async take(random: Step, world: World, id: string): Promise<void> {
    const { platform } = this;
    const { who, name } = chosen(random, world);
    const body = bodyOf(name, who, world);
    if (body === undefined) return;
    const may = advertised(world, who).includes(name);
    const given = { principal: principal(who), ifMatch: null };
    const command = { name, body } as unknown as ApplicationCommand;
    const outcome = await platform.unit.run((tx) => platform.applications.service.command(tx, given, id, command));
    const lacksColleague = name === 'reassign' && !outcome.ok && outcome.error.code === 'no-successor';
    if (!lacksColleague) expect(outcome.ok, `${who} ${name} in ${JSON.stringify(world.current)}`).to.equal(may);
    if (outcome.ok) this.accepted++;
    else this.refused++;
    if (outcome.ok && name !== 'copy-as-new') world.state = outcome.value.stored.application;
    this.reached.add(world.current.state);
    if (random.pick === 7) await this.parent(world, world.events.length % 2 === 0 ? 'transport' : 'parent');
  }

  /** What is kept and what is shown of a case, once it has been walked. */
  async holds(world: World, id: string): Promise<void> {
    const { applications, unit } = this.platform;
    await unit.read(async (reader) => {
      const stored = await this.store.find(reader, id);
      expect(stored?.application, 'the row is what the commands answered').to.deep.equal(world.current);
      expect(fold(id, await this.store.history(reader, id)), 'the row is the fold').to.deep.equal(stored?.application);
      for (const who of NAMES) {
        const page = await applications.queries.page(reader, { principal: principal(who), language: 'en' }, id);
        const shown = page.ok ? (page.value.view as { allowedCommands: CommandName[] }).allowedCommands : [];
        expect(shown, `${who} is shown what they may do`).to.deep.equal(advertised(world, who));
      }
    });
  }

  /** A case walked by these steps; `twist` changes what the store goes by behind the back of the model. */
  async history(steps: readonly Step[], twist: () => Promise<void> = () => Promise.resolve()): Promise<void> {
    const world = new Town();
    world.put('roads', { conditions: [] });
    // Every second case is concluded with the holder's counter-signature.
    const counterSigned = (steps[0]?.pick ?? 0) % 2 === 0;
    const inForce = { version: 1, hash: 'h1', ...(counterSigned && ({ execution: 'counter-signature' } as const)) };
    world.agreement = { template: 'template', ...inForce };
    await this.parent(world, 'parent');
    await this.platform.put('agreements', 'template', inForce);
    const id = await new Driver(this.platform).at('submitted');
    world.state = (await this.platform.unit.read((reader) => this.store.find(reader, id)))?.application ?? null;
    await twist();
    for (const one of steps) await this.take(one, world, id);
    await this.holds(world, id);
  }
}

const histories = fc.array(step, { minLength: STEPS, maxLength: STEPS });
const seeded = SEED === undefined ? {} : { seed: Number(SEED) };

describe('model: random histories on every store', function () {
  this.timeout(900_000);
  eachBackend((backend) => {
    let walk: Walk;
    before(async () => {
      walk = new Walk(await openPlatform(backend));
    });
    after(() => walk.platform.close());

    it(`advertised is accepted, the row is the fold, the log vouches for every row: ${DEPTH} commands`, async () => {
      // Some steps have no body in this small world and are left out.
      const walked = fc.asyncProperty(histories, (steps) => walk.history(steps));
      await fc.assert(walked, { numRuns: Math.ceil((DEPTH * 1.1) / STEPS), endOnFailure: true, ...seeded });
      const { accepted, refused, reached } = walk;
      console.log(`      ${accepted} accepted, ${refused} refused, through ${[...reached].sort().join(', ')}`);
      expect(accepted + refused).to.be.at.least(DEPTH);
      expect([...reached], 'histories go to their ends').to.include.members(['concluded', 'withdrawn']);
      const report = await walk.platform.unit.read((reader) => verifyLog(reader, [applicationTable]));
      expect(report.faults).to.deep.equal([]);
    });

    it('sees a store that lets somebody act whom the laws exclude, and a row that was edited', async () => {
      const { platform } = walk;
      const silent = (parent: string) => () =>
        platform.put('organisations', 'enterprise', organisation('enterprise', 'enterprise', { parent }));
      const remarks: Step[] = [{ who: 'reviewer', name: 'accept', pick: 1 }];
      const seen = await walk.history(remarks, silent('transport')).catch((error: Error) => error.message);
      expect(seen).to.match(/^reviewer accept in /);
      const edited = async (): Promise<void> => {
        const sql = `UPDATE applications SET body = REPLACE(body, '"research"', '"statistics"')`;
        await platform.database.write((manager) => manager.query(sql));
      };
      expect(await walk.history([], edited).catch((error: Error) => error.message)).to.match(/the row is/);
    });
  });
});
