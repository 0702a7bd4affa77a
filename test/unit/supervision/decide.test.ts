import { expect } from 'chai';
import fc from 'fast-check';
import type { Role } from '../../../src/kernel/roles.js';
import { addDays, dayOf, endOfDay, startOfDay } from '../../../src/kernel/time.js';
import {
  allowedCommands,
  decide,
  escalated,
  type Facts,
  type Measure,
  type ViolationCommand,
  openSteps,
} from '../../../src/supervision/domain/decide.js';
import {
  rankOf,
  rangeFor,
  STEPS,
  type Step,
  VIOLATION_KINDS,
  type ViolationKind,
} from '../../../src/supervision/domain/ladder.js';
import { evolve, type Violation, violationEvent } from '../../../src/supervision/domain/violation.js';
import { loadLadder } from '../../../src/supervision/index.js';

const NOW = startOfDay('2026-12-01') + 9 * 3_600_000;
const ladder = loadLadder('policies');
const violation = (kind: ViolationKind = 'platform-rules'): Violation =>
  evolve(
    'v',
    null,
    violationEvent('violation.reported', NOW, {
      kind,
      organisation: 'org',
      grant: 'grant',
      dataset: 'ds',
      holder: 'holder',
      description: 'Scraped by a robot',
      evidence: [],
      reportedBy: { person: 'reporter', organisation: 'authority' },
      hearingUntil: '2026-12-08',
    }),
  );
const facts = (more: Partial<Facts> = {}, role: Role = 'supervisor', organisation = 'authority'): Facts => ({
  now: NOW,
  caller: { person: 'p', organisation, roles: [role] },
  concerned: ['org', 'parent'],
  isOwn: false,
  ladder,
  earlier: 0,
  reaches: true,
  ...more,
});
const speaker = (now = NOW): Facts => facts({ now }, 'handler', 'org');
const measure = (step: Step, more: Partial<Measure> = {}): ViolationCommand => ({
  name: 'impose',
  sanction: 's',
  measure: { step, reason: 'r', cureBy: null, until: null, quota: null, delivery: null, datasets: [], ...more },
});
const reply: ViolationCommand = { name: 'reply', text: 'It was a mistake.' };

function given(state: Violation, command: ViolationCommand, of: Facts = facts()): Violation {
  const event = decide(state, command, of);
  if (!event.ok) throw new Error(event.error.code);
  return evolve(state.id, state, event.value);
}
const refused = (state: Violation, command: ViolationCommand, of: Facts = facts()): string | undefined => {
  const outcome = decide(state, command, of);
  return outcome.ok ? undefined : outcome.error.code;
};
const heard = (kind?: ViolationKind): Violation => given(violation(kind), reply, speaker());

describe('a violation', () => {
  it('is not decided on before the organisation was heard, or had its days for it', () => {
    expect(refused(violation(), measure('notice'))).to.equal('not-heard');
    expect(refused(violation(), measure('notice'), facts({ now: endOfDay('2026-12-08') - 1 }))).to.equal('not-heard');
    expect(given(violation(), measure('notice'), facts({ now: endOfDay('2026-12-08') })).state).to.equal('sanctioned');
    expect(given(heard(), measure('notice')).state).to.equal('sanctioned');
  });

  it('can be dismissed at any time before it is decided on, and then nothing follows', () => {
    const dismissed = given(violation(), { name: 'dismiss', reason: 'A search engine of ours' });
    expect([dismissed.state, dismissed.rulings.map(({ step }) => step)]).to.deep.equal(['dismissed', ['dismissed']]);
    expect(allowedCommands(dismissed, facts())).to.deep.equal([]);
    expect(refused(dismissed, measure('notice'))).to.equal('violation-state');
    expect(refused(dismissed, reply, speaker())).to.equal('violation-state');
  });

  it('is decided on by supervisors only, and by nobody of the organisation concerned or of its parent', () => {
    for (const role of ['handler', 'reviewer', 'approver', 'auditor', 'admin'] as const)
      expect(refused(heard(), measure('notice'), facts({}, role)), role).to.equal('forbidden');
    for (const own of ['org', 'parent']) {
      const of = facts({}, 'supervisor', own);
      expect(refused(heard(), measure('notice'), of)).to.equal('organisation-concerned');
      expect(refused(heard(), { name: 'dismiss', reason: 'Ours' }, of)).to.equal('organisation-concerned');
      expect(allowedCommands(heard(), of)).to.deep.equal([]);
    }
    expect(
      refused(heard(), measure('notice'), facts({ concerned: [] }, 'supervisor', 'org')),
      'the rule does it',
    ).to.equal(undefined);
  });

  it('is answered by the organisation concerned and by nobody else', () => {
    expect(refused(violation(), reply, facts({}, 'handler', 'other'))).to.equal('forbidden');
    expect(refused(violation(), reply, facts({}, 'steward', 'org'))).to.equal('forbidden');
    expect(heard().replies).to.deep.equal([{ at: NOW, text: 'It was a mistake.' }]);
  });

  it('keeps to the ladder of its kind, harder with each repetition', () => {
    expect(refused(heard(), measure('revoke'))).to.equal('measure-not-on-ladder');
    expect(refused(heard(), measure('revoke'), facts({ earlier: 1 }))).to.equal(undefined);
    expect(refused(heard(), measure('notice'), facts({ earlier: 1 }))).to.equal('measure-not-on-ladder');
    expect(refused(heard('re-identification'), measure('limit', { quota: 1 }))).to.equal('measure-not-on-ladder');
    expect(refused(heard('beyond-scenario'), measure('suspend'))).to.equal(undefined);
  });

  it('is put on record by a notice where no grant is left that a measure would reach', () => {
    const none = facts({ reaches: false });
    expect(openSteps(heard('re-identification'), none)).to.deep.equal(['notice', 'restrict']);
    expect(openSteps(heard('missed-report'), facts({ reaches: false, earlier: 2 }))).to.deep.equal(['notice']);
    expect(openSteps(heard('missed-report'), facts({ earlier: 2 }))).to.deep.equal(['limit', 'suspend', 'revoke']);
    expect(refused(heard('re-identification'), measure('suspend'), none)).to.equal('nothing-to-measure');
    expect(refused(heard('re-identification'), measure('notice'))).to.equal('measure-not-on-ladder');
    const noticed = given(heard('missed-report'), measure('notice'), facts({ reaches: false, earlier: 2 }));
    expect(allowedCommands(noticed, facts({ reaches: false, earlier: 2 })), 'nothing harder is left').to.deep.equal([]);
  });

  it('can be followed by a harder measure, never by a milder one', () => {
    const warned = given(heard(), measure('warning', { cureBy: '2026-12-20' }));
    expect(warned).to.include({ state: 'warned', cureBy: '2026-12-20' });
    expect(refused(warned, measure('notice'))).to.equal('measure-not-on-ladder');
    expect(refused(warned, measure('warning', { cureBy: '2026-12-21' }))).to.equal('measure-not-on-ladder');
    const suspended = given(warned, measure('suspend'));
    expect([suspended.state, suspended.cureBy]).to.deep.equal(['sanctioned', null]);
    expect(suspended.rulings.map(({ step }) => step)).to.deep.equal(['warning', 'suspend']);
  });

  it('asks of each measure what it needs and takes nothing it has no use for', () => {
    const late = addDays(dayOf(NOW), ladder.cure.most + 1);
    const terms: readonly (readonly [Step, Partial<Measure>, string | undefined])[] = [
      ['warning', {}, '/cureBy'],
      ['warning', { cureBy: dayOf(NOW) }, '/cureBy'],
      ['warning', { cureBy: late }, '/cureBy'],
      ['warning', { cureBy: addDays(late, -1) }, undefined],
      ['notice', { cureBy: '2026-12-20' }, '/cureBy'],
      ['notice', { until: NOW + 1 }, '/until'],
      ['notice', { quota: 1 }, '/quota'],
      ['limit', {}, '/quota'],
      ['limit', { delivery: 'api', until: NOW + 1 }, undefined],
      ['suspend', { datasets: ['ds'] }, '/datasets'],
      ['suspend', { until: NOW + 1 }, undefined],
    ];
    for (const [step, more, pointer] of terms) {
      const outcome = decide(heard(), measure(step, more), facts());
      const fault = outcome.ok ? undefined : outcome.error;
      expect(fault?.errors?.[0]?.pointer, `${step} ${JSON.stringify(more)}`).to.equal(pointer);
      if (fault !== undefined) expect(fault.code).to.equal('measure-incomplete');
    }
    expect(refused(heard(), measure('suspend', { until: NOW }))).to.equal('grant-until-past');
  });

  it('restricts use only with an end, within what the ladder allows', () => {
    const grave = heard('unlawful-acquisition');
    const last = endOfDay('2028-12-01');
    expect(refused(grave, measure('restrict'))).to.equal('measure-incomplete');
    expect(refused(grave, measure('restrict', { until: last + 1 }))).to.equal('measure-incomplete');
    expect(refused(grave, measure('restrict', { until: last, datasets: ['ds'] }))).to.equal(undefined);
    const restricted = given(grave, measure('restrict', { until: last }));
    expect(allowedCommands(restricted, facts()), 'nothing is harder').to.deep.equal([]);
  });

  it('leads on by itself where a warning was not heeded, once, and not where the cure was confirmed', () => {
    const warned = given(heard(), measure('warning', { cureBy: '2026-12-20' }));
    expect(escalated(warned, ladder, 's2', endOfDay('2026-12-20') - 1)).to.equal(null);
    const event = escalated(warned, ladder, 's2', endOfDay('2026-12-20'));
    expect(event?.data).to.include({ step: 'suspend', sanction: 's2' });
    const after = evolve('v', warned, event!);
    expect([after.state, after.rulings.at(-1)?.by]).to.deep.equal(['sanctioned', null]);
    expect(escalated(after, ladder, 's3', endOfDay('2027-12-20'))).to.equal(null);
    const cured = given(warned, { name: 'confirm-cure', reason: 'Seen' });
    expect(escalated(cured, ladder, 's2', endOfDay('2027-12-20'))).to.equal(null);
    expect(refused(heard(), { name: 'confirm-cure', reason: 'Seen' })).to.equal('violation-state');
  });

  it('waits for a supervisor against whom nothing is done by machine alone, and tells it once', () => {
    const warned = given(heard(), measure('warning', { cureBy: '2026-12-20' }));
    const late = endOfDay('2026-12-20');
    const event = escalated(warned, ladder, 's2', late, true);
    expect(event).to.deep.equal({ event: 'violation.cure-missed', at: late, data: { cureBy: '2026-12-20' } });
    const after = evolve('v', warned, event!);
    expect([after.state, after.rulings.length, after.cureMissed]).to.deep.equal(['warned', 1, true]);
    expect(escalated(after, ladder, 's3', late + 1, true)).to.equal(null);
    expect(escalated(after, ladder, 's3', late + 1), 'not even if the ladder changed meanwhile').to.equal(null);
    expect(allowedCommands(after, facts())).to.deep.equal(['impose', 'confirm-cure']);
    expect(given(after, measure('suspend')).rulings.at(-1)?.by, 'a named person').to.equal('p');
    expect(escalated(warned, ladder, 's2', late)?.event, 'by itself without the protection').to.equal(
      'violation.escalated',
    );
  });

  it('keeps whoever bears the name of the natural person concerned from every decision', () => {
    for (const command of [measure('notice'), { name: 'dismiss', reason: 'r' } as const])
      expect(refused(heard(), command, facts({ isOwn: true }))).to.equal('organisation-concerned');
    expect(refused(heard(), measure('notice'), facts({ isOwn: false })), 'without it').to.equal(undefined);
  });

  it('accepts exactly what it advertises, in any history (property)', () => {
    const cells: fc.Arbitrary<readonly [ViolationCommand['name'], 'supervisor' | 'handler', number, Step]> = fc.tuple(
      fc.constantFrom('reply' as const, 'dismiss' as const, 'impose' as const, 'confirm-cure' as const),
      fc.constantFrom('supervisor' as const, 'handler' as const),
      fc.integer({ min: 0, max: 40 }),
      fc.constantFrom(...STEPS),
    );
    fc.assert(
      fc.property(fc.constantFrom(...VIOLATION_KINDS), fc.array(cells, { maxLength: 12 }), (kind, history) => {
        let state = violation(kind);
        let now = NOW;
        for (const [name, role, days, wanted] of history) {
          now += days * 86_400_000;
          const of = role === 'handler' ? speaker(now) : facts({ now });
          const advertised = allowedCommands(state, of).includes(name);
          const outcome = decide(state, commandOf(name, wanted, now), of);
          if (outcome.ok) {
            expect(advertised).to.equal(true);
            const next = evolve('v', state, outcome.value);
            const ranks = next.rulings.flatMap(({ step }) =>
              step === 'cured' || step === 'dismissed' ? [] : rankOf(step),
            );
            expect(ranks, 'ever harder').to.deep.equal([...new Set(ranks)].sort((a, b) => a - b));
            state = next;
          } else if (advertised) {
            expect(name, outcome.error.code).to.equal('impose');
            expect(outcome.error.code).to.equal('measure-not-on-ladder');
          }
        }
      }),
    );
  });
});

/** A command whose terms are right for its step. */
function commandOf(name: ViolationCommand['name'], step: Step, now: number): ViolationCommand {
  if (name === 'reply') return reply;
  if (name !== 'impose') return { name, reason: 'r' };
  return measure(step, {
    cureBy: step === 'warning' ? addDays(dayOf(now), 7) : null,
    quota: step === 'limit' ? 1 : null,
    until: step === 'restrict' ? now + 86_400_000 : null,
  });
}

describe('the ladder', () => {
  it('has a range for every kind and every number of repetitions', () => {
    for (const kind of VIOLATION_KINDS)
      for (const earlier of [0, 1, 2, 50]) {
        const [lowest, highest] = rangeFor(ladder, kind, earlier);
        expect(rankOf(lowest), `${kind} ${earlier}`).to.be.at.most(rankOf(highest));
      }
  });

  it('jumps to suspension at once for over-reach and re-identification, and for nothing else', () => {
    expect(VIOLATION_KINDS.filter((kind) => ladder.kinds[kind].atOnce)).to.deep.equal([
      'beyond-scenario',
      're-identification',
    ]);
  });
});
