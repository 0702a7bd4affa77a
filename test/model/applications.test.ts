import { expect } from 'chai';
import fc from 'fast-check';
import type { Application } from '../../src/applications/domain/application.js';
import { type BodyOf, COMMANDS, type CommandName } from '../../src/applications/domain/commands.js';
import { allowedCommands } from '../../src/applications/domain/decide.js';
import { actsOn } from '../../src/applications/domain/let-time-act.js';
import { rulesOf } from '../../src/applications/domain/facts.js';
import { cellOf } from '../../src/applications/domain/workflow.js';
import { PROCEEDING_KINDS, PROCEEDING_OUTCOMES } from '../../src/kernel/proceeding.js';
import { dayOf } from '../../src/kernel/time.js';
import { NAMES, type Name, PEOPLE, rules, World } from '../unit/applications/world.js';

/** Refusals of a body that nothing could be wrong with would be a lie of `allowedCommands`. */
function validBody(world: World, name: CommandName, who: Name): BodyOf<CommandName> {
  const { state } = world;
  const bodies: { readonly [K in CommandName]: () => BodyOf<K> } = {
    submit: () => ({}),
    withdraw: () => ({ reason: 'no longer needed' }),
    'request-correction': () => ({ defects: [{ text: 'Name the server.' }] }),
    accept: () => ({}),
    claim: () => ({}),
    release: () => ({}),
    reassign: () => ({ to: successor(world, who) }),
    'declare-conflict': () => ({ text: 'related' }),
    ask: () => ({ text: 'Who?' }),
    answer: () => ({ text: 'We.' }),
    remark: () => ({ text: 'Noted.', private: false }),
    consult: () => ({ with: 'Road company', question: 'Do you object?' }),
    'record-consultation': () => ({ view: 'No objection.' }),
    extend: () => ({ reason: 'Two expert opinions are awaited.' }),
    'confirm-extension': () => ({}),
    appeal: () => ({ reason: 'The purpose was misread.' }),
    'decide-appeal': () => ({ outcome: 'reopened', reason: 'It was.' }),
    'record-proceeding': () => ({
      ...kindWhere(world, false),
      forum: 'Court',
      filedOn: today(world),
      reference: 'A 1',
    }),
    'record-proceeding-outcome': () => ({
      ...kindWhere(world, true),
      outcome: PROCEEDING_OUTCOMES[world.events.length % PROCEEDING_OUTCOMES.length] ?? 'annulled',
      on: today(world),
      text: 'So decided.',
    }),
    'add-member': () => ({ subject: `staff-${world.events.length}` }),
    'remove-member': () => ({ subject: state?.request.members[0] ?? 'nobody' }),
    advise: () => ({ recommendation: 'approve', remark: '' }),
    approve: () => ({ datasets: approvable(world).map((dataset) => ({ dataset })) }),
    refuse: () => ({ reasons: [{ code: 'other', text: 'No.' }] }),
    'accept-agreement': () => ({ ...inForce(world), ...sealedWhereAsked(world) }),
    'counter-sign': () => inForce(world),
    'return-agreement': () => ({ reason: 'The seal is missing.' }),
    close: () => ({ reason: 'duplicate' }),
    'copy-as-new': () => ({}),
  };
  if (state === null) throw new Error('no application');
  return bodies[name]();
}

const today = ({ now }: World): string => dayOf(now);
/** A kind of which the case has an open proceeding, or has none. */
const kindWhere = ({ current: { proceedings = [] } }: World, open: boolean) => ({
  kind:
    PROCEEDING_KINDS.find((kind) => proceedings.some((one) => one.kind === kind && one.ended === null) === open) ??
    'litigation',
});

const inForce = ({ agreement }: World) => ({ version: agreement?.version ?? 0, hash: agreement?.hash ?? '' });
const sealedWhereAsked = ({ agreement }: World) =>
  agreement?.execution === 'sealed-document' ? { document: 'sealed' } : {};

const approvable = (world: World): string[] =>
  world.current.request.datasets.flatMap(({ dataset }) => {
    const facts = world.datasets.get(dataset);
    return facts?.state === 'listed' && facts.tier !== 'restricted' ? [dataset] : [];
  });

/** Tries everyone: the first to whom the case may go. */
function successor(world: World, who: Name): string {
  const copy = clone(world);
  return NAMES.find((name) => name !== who && clone(copy).send(who, 'reassign', { to: name }).ok) ?? 'nobody';
}

const clone = (world: World): World => {
  const copy = Object.assign(new World(), world);
  copy.events = [...world.events];
  copy.datasets = new Map(world.datasets);
  copy.vacant = new Set(world.vacant);
  return copy;
};

/** Time does all that is due, once, and nothing before its day. */
function timeActsOnce(world: World): void {
  const before = world.current;
  const day = actsOn(before);
  const today = dayOf(world.now);
  const events = world.letTimeAct();
  expect(events.length > 0, `${events.map(({ event }) => event).join()} on ${today}; due ${day}`).to.equal(
    day !== null && day <= today,
  );
  expect(world.letTimeAct(), 'a second time nothing is left').to.deep.equal([]);
  expect(actsOn(world.current) ?? '9999').to.satisfy((next: string) => next > today);
  expect(world.refolded()).to.deep.equal(world.current);
  const told = world.events.flatMap(({ event, data }) => (event === 'application.overdue' ? [data] : []));
  const passed = told.map((data) => `${(data as { kind: string }).kind} ${(data as { due: string }).due}`);
  expect(new Set(passed).size, `each due day is told once: ${passed.join(', ')}`).to.equal(passed.length);
}

/** What may happen around an application while it is handled. */
const happenings: readonly ((world: World) => void)[] = [
  (world) => world.put('roads', { tier: 'restricted' }),
  (world) => world.put('roads', { tier: 'conditional' }),
  (world) => world.put('buses', { state: 'withdrawn' }),
  (world) => world.put('buses', { state: 'listed' }),
  (world) => (world.applicant = { ...world.applicant, active: !world.applicant.active }),
  (world) =>
    (world.applicant = { ...world.applicant, parent: world.applicant.parent === 'parent' ? 'transport' : 'parent' }),
  (world) => (world.agreement = { template: 'template', version: (world.agreement?.version ?? 0) + 1, hash: 'h2' }),
  (world) => revise(world, 'counter-signature'),
  (world) => revise(world, 'sealed-document'),
  (world) => world.vacant.add('reviewer'),
  (world) => world.vacant.add('approver'),
  (world) => world.vacant.clear(),
  (world) => (world.now += 3 * 86_400_000),
  (world) => (world.now += 12 * 86_400_000),
  timeActsOnce,
  timeActsOnce,
];

/** A version that the holder signs, too. */
function revise(world: World, execution: 'counter-signature' | 'sealed-document'): void {
  world.agreement = { template: 'template', version: (world.agreement?.version ?? 0) + 1, hash: 'h3', execution };
}

/** The same around a request between bodies: only what sharing says of the data matters there. */
const amongBodies: readonly ((world: World) => void)[] = [
  (world) => world.betweenBodies({ roads: { sharingTier: 'not-shared' }, buses: {} }),
  (world) => world.betweenBodies({ roads: { tier: 'restricted' }, buses: { sharingTier: 'unconditional' } }),
  ...happenings.slice(5),
];

type Step = { readonly who: Name; readonly name: CommandName; readonly pick: number } | { readonly happens: number };

const anyone = fc.constantFrom(...NAMES);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ who: anyone, name: fc.constantFrom(...COMMANDS), pick: fc.nat(99) }) },
  { weight: 1, arbitrary: fc.record({ happens: fc.nat(happenings.length - 1) }) },
);

/** What officers do to a case: none of it by the applicant's side. */
const OFFICERS: ReadonlySet<string> = new Set([
  'accepted',
  'advised',
  'approved',
  'partly-approved',
  'refused',
  'correction-requested',
  'claimed',
  'released',
  'reassigned',
  'asked',
  'consulted',
  'consultation-recorded',
  'extension-proposed',
  'extended',
  'appeal-decided',
  'closed',
  'agreement-counter-signed',
  'agreement-returned',
  'proceeding-recorded',
  'proceeding-ended',
]);
const OVER: ReadonlySet<string> = new Set(['concluded', 'withdrawn', 'abandoned', 'closed']);

function holdsLaws(world: World, before: Application): void {
  const { current } = world;
  expect(world.refolded(), 'the state is the fold of the events').to.deep.equal(current);
  const twice = current.acted.holder.filter((person) => current.acted.authority.includes(person));
  expect(twice, 'nobody acts at two stages').to.deep.equal([]);
  if (OVER.has(before.state)) expect(current.state, 'an ended case stays ended').to.equal(before.state);
  if (before.number !== null) expect(current.number, 'a number never changes').to.equal(before.number);
  if (current === before) return;
  const told = world.events.slice(world.events.length - 3).some(({ data }) => 'deadlines' in data);
  if (!told) expect(current.deadlines, 'deadlines move by events only').to.deep.equal(before.deadlines);
}

/** Laws over what just happened: who ruled, and on which agreement. */
function holdsEvents(world: World, from: number): void {
  for (const { event, by } of world.events.slice(from)) {
    // What is shared without a condition nobody rules on.
    if (by === 'system') continue;
    if (!OFFICERS.has(event.replace('application.', ''))) continue;
    const person = PEOPLE[by as Name] as { organisation: string; also?: readonly string[] };
    const own = [person.organisation, ...(person.also ?? [])];
    expect(own.includes(world.applicant.id), `${by} of the applicant ruled`).to.equal(false);
    expect(own.includes(world.applicant.parent ?? ''), `${by} of the parent ruled`).to.equal(false);
    expect(world.current.conflicts.includes(by), `${by} ruled in spite of a conflict`).to.equal(false);
  }
  if (world.current.accepted !== null) {
    const first = world.events.findIndex(({ event }) => event.endsWith('approved'));
    expect(world.events.findIndex(({ event }) => event === 'application.agreement-accepted')).to.be.greaterThan(first);
  }
  const concluded = world.events.findIndex(({ event }) => event === 'application.concluded');
  if (concluded < from) return;
  const signed = world.events[concluded - 1];
  const whole = signed?.event === 'application.agreement-accepted' && signed.data.execution === undefined;
  expect(
    whole || signed?.event === 'application.agreement-counter-signed',
    'concluded by what the template asks',
  ).to.equal(true);
}

const FORWARD = ['submit', 'accept', 'advise', 'claim', 'approve', 'accept-agreement', 'counter-sign'] as const;

/** A step of the main road by whoever may take it, so that histories go far. */
function forward(world: World, pick: number): { who: Name; name: CommandName } | undefined {
  const from = pick % NAMES.length;
  for (const who of [...NAMES.slice(from), ...NAMES.slice(0, from)]) {
    const advertised = allowedCommands(rules, world.current, world.facts(who));
    const name = FORWARD.find((one) => advertised.includes(one));
    if (name !== undefined) return { who, name };
  }
  return undefined;
}

/** Runs one random step: a step of the main road, or any command by anyone. */
function run(world: World, one: Step, tally: Map<string, number>): void {
  if ('happens' in one) {
    (world.kind === undefined ? happenings : amongBodies)[one.happens]?.(world);
    return;
  }
  const { who, name } = (one.pick % 3 === 0 ? forward(world, one.pick) : undefined) ?? one;
  const advertised = allowedCommands(rules, world.current, world.facts(who));
  const before = world.current;
  const from = world.events.length;
  const outcome = world.send(who, name, validBody(world, name, who));
  expect(outcome.ok, `${who} ${name} in ${before.state}: advertised ${advertised.join(' ')}`).to.equal(
    advertised.includes(name),
  );
  tally.set(outcome.ok ? 'accepted' : 'refused', (tally.get(outcome.ok ? 'accepted' : 'refused') ?? 0) + 1);
  if (outcome.ok && name === 'accept-agreement') tally.set('signed', (tally.get('signed') ?? 0) + 1);
  if (outcome.ok && name === 'record-proceeding') tally.set('contested', (tally.get('contested') ?? 0) + 1);
  if (outcome.ok && name === 'counter-sign') tally.set('counterSigned', (tally.get('counterSigned') ?? 0) + 1);
  if (outcome.ok) {
    const [left, reached] = [cellOf(before), cellOf(world.current)];
    expect(
      rulesOf(rules, world.current).workflow.targets(name, left),
      `${name} led from ${left} to ${reached}`,
    ).to.include(reached);
  }
  holdsLaws(world, before);
  holdsEvents(world, from);
}

describe('model: random histories of an application', function () {
  this.timeout(240_000);

  it('hold the laws; a command advertised is accepted, one not advertised is refused', () => {
    const tally = new Map<string, number>();
    fc.assert(
      fc.property(fc.array(step, { minLength: 20, maxLength: 60 }), (steps) => {
        const world = new World();
        world.draft('handler', {
          datasets: [
            { dataset: 'roads', items: [] },
            { dataset: 'buses', items: ['road'] },
          ],
        });
        world.does('handler', 'submit', {});
        for (const one of steps) run(world, one, tally);
      }),
      { numRuns: 600 },
    );
    const { accepted = 0, refused = 0, signed = 0, counterSigned = 0, contested = 0 } = Object.fromEntries(tally);
    const how = `${signed} signed, ${counterSigned} counter-signed, ${contested} contested`;
    console.log(`      ${accepted} accepted, ${refused} refused, ${how}`);
    expect(contested).to.be.greaterThan(5);
    expect(counterSigned).to.be.greaterThan(5);
    expect(accepted).to.be.greaterThan(2_000);
    expect(refused).to.be.greaterThan(2_000);
    expect(signed).to.be.greaterThan(20);
  });

  it('hold the same laws between public bodies, and nobody but the holder rules before a review', () => {
    const tally = new Map<string, number>();
    fc.assert(
      fc.property(fc.array(step, { minLength: 20, maxLength: 60 }), fc.boolean(), (steps, unconditional) => {
        const world = new World().betweenBodies({
          roads: { sharingTier: unconditional ? 'unconditional' : 'conditional' },
          buses: { sharingTier: 'unconditional' },
        });
        world.draft('body-handler', {
          datasets: [
            { dataset: 'roads', items: [] },
            { dataset: 'buses', items: ['road'] },
          ],
        });
        world.does('body-handler', 'submit', {});
        expect(world.current.state).to.equal(unconditional ? 'approved' : 'submitted');
        for (const one of steps) {
          run(world, one, tally);
          const { kind, stage, appeal } = world.current;
          expect(kind).to.equal('sharing');
          if (stage === 'authority') expect(appeal, 'there is no second stage').to.not.equal(null);
        }
      }),
      { numRuns: 400 },
    );
    const { accepted = 0, refused = 0, signed = 0 } = Object.fromEntries(tally);
    console.log(`      ${accepted} accepted, ${refused} refused, ${signed} promised`);
    expect(accepted).to.be.greaterThan(1_000);
    expect(refused).to.be.greaterThan(1_000);
    expect(signed).to.be.greaterThan(20);
  });

  it('never lose the due day of a case that nobody touches', () => {
    const world = new World();
    world.draft();
    world.does('handler', 'submit', {});
    const { deadlines } = world.current;
    world.now += 90 * 86_400_000;
    world.does('reviewer', 'remark', { text: 'late', private: true });
    expect(world.current.deadlines).to.deep.equal(deadlines);
    expect(deadlines[0]?.due ?? '9999').to.satisfy((due: string) => due < dayOf(world.now));
  });
});
