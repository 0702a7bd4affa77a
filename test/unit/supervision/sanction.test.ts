import { mkdtempSync, cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { create, decide, type GrantCommand } from '../../../src/grants/domain/decide.js';
import { evolve as evolveGrant } from '../../../src/grants/domain/evolve.js';
import { type Grant, stateOf } from '../../../src/grants/domain/grant.js';
import { startOfDay } from '../../../src/kernel/time.js';
import {
  covers,
  evolve,
  isOver,
  lift,
  type Sanction,
  sanctionEvent,
  type SanctionTerms,
} from '../../../src/supervision/domain/sanction.js';
import { loadLadder } from '../../../src/supervision/index.js';
import { commandsFor } from '../../../src/supervision/measures.js';

const NOW = startOfDay('2026-12-10');
const terms: SanctionTerms = {
  violation: 'v',
  organisation: 'org',
  grant: null,
  datasets: [],
  step: 'suspend',
  reason: 'Passed on',
  by: 'supervisor',
  until: null,
  limit: null,
  interim: false,
};
const imposed = (more: Partial<SanctionTerms> = {}, id = 's'): Sanction =>
  evolve(id, null, sanctionEvent('sanction.imposed', NOW, { ...terms, ...more }));
const ended = (sanction: Sanction): Sanction =>
  evolve(sanction.id, sanction, sanctionEvent('sanction.ended', NOW, { cause: 'run-out' }));

const approval = {
  application: 'a',
  number: null,
  organisation: 'org',
  holder: 'holder',
  dataset: 'ds',
  items: [],
  purpose: 'research' as const,
  scenario: 's',
  delivery: 'download' as const,
  period: { from: '2026-12-01', to: '2027-12-31' },
  members: [],
  quota: 100,
  conditions: [],
};
const agreement = { template: 't', version: 1, hash: 'h', at: NOW };
const active = (): Grant => give(evolveGrant(null, create('g', approval, NOW)), { kind: 'activate', agreement });
function give(grant: Grant, ...commands: readonly GrantCommand[]): Grant {
  return commands.reduce((before, command) => {
    const done = decide(before, command, NOW);
    if (!done.ok) throw new Error(done.error.code);
    return done.value.reduce<Grant>((one, event) => evolveGrant(one, event), before);
  }, grant);
}

describe('a measure', () => {
  it('is final where nothing is left to end', () => {
    const states = (['notice', 'warning', 'limit', 'suspend', 'revoke', 'restrict'] as const).map(
      (step) => imposed({ step }).state,
    );
    expect(states).to.deep.equal(['final', 'in-force', 'in-force', 'in-force', 'final', 'in-force']);
  });

  it('is lifted by another person than the one who imposed it, while it is in force', () => {
    const codeOf = (sanction: Sanction, by: string) => {
      const done = lift(sanction, by, 'Settled', NOW);
      return done.ok ? done.value.event : done.error.code;
    };
    expect(codeOf(imposed(), 'supervisor')).to.equal('sanction-second-person');
    expect(codeOf(imposed(), 'another')).to.equal('sanction.lifted');
    expect(codeOf(imposed({ by: null }), 'supervisor'), 'imposed by time').to.equal('sanction.lifted');
    expect(codeOf(ended(imposed()), 'another')).to.equal('sanction-state');
    expect(codeOf(imposed({ step: 'revoke' }), 'another')).to.equal('sanction-state');
    expect(codeOf(imposed({ step: 'warning' }), 'another'), 'a warning is cured').to.equal('sanction-state');
  });

  it('ends by itself at its end, to the millisecond', () => {
    const one = imposed({ step: 'restrict', until: NOW + 5 });
    expect([isOver(one, NOW + 4), isOver(one, NOW + 5), isOver(ended(one), NOW + 5)]).to.deep.equal([
      false,
      true,
      false,
    ]);
    expect(isOver(imposed(), NOW + 1e12), 'without an end').to.equal(false);
  });

  it('covers one grant, some datasets or all of an organisation, and nothing of another', () => {
    const place = { grant: 'g', dataset: 'ds', organisation: 'org' };
    expect(covers(imposed(), place)).to.equal(true);
    expect(covers(imposed({ grant: 'g' }), place)).to.equal(true);
    expect(covers(imposed({ grant: 'other' }), place)).to.equal(false);
    expect(covers(imposed({ grant: 'other' }), { ...place, line: ['first', 'other'] }), 'it amends that').to.equal(
      true,
    );
    expect(covers(imposed({ datasets: ['other'] }), place)).to.equal(false);
    expect(covers(imposed(), { ...place, organisation: 'other' })).to.equal(false);
  });
});

describe('what measures ask of a grant', () => {
  it('is the difference to what it is, computed and not toggled', () => {
    const one = imposed();
    const held = give(active(), ...commandsFor(active(), [one], one, []));
    expect([stateOf(held), held.holds[0]?.cause]).to.deep.equal(['suspended', 'sanction']);
    expect(held.holds[0]?.reason, 'the violation is named').to.contain('Violation v');
    expect(commandsFor(held, [one], null, []), 'nothing to do twice').to.deep.equal([]);
    const other = imposed({ violation: 'v2' }, 's2');
    expect(commandsFor(held, [other], null, [ended(one)]), 'another measure still holds it').to.deep.equal([]);
    expect(stateOf(give(held, ...commandsFor(held, [], null, [ended(one)])))).to.equal('active');
  });

  it('is a limit that ends with its measure, and that nobody else lifts', () => {
    const one = imposed({ step: 'limit', limit: { quota: 5, delivery: null } });
    const limited = give(active(), ...commandsFor(active(), [one], one, []));
    expect([stateOf(limited), limited.limit?.sanction]).to.deep.equal(['limited', 's']);
    const resumed = decide(limited, { kind: 'resume', reason: 'By hand' }, NOW);
    expect(!resumed.ok && resumed.error.code).to.equal('grant-state');
    expect(commandsFor(limited, [], null, [ended(imposed({ step: 'limit' }, 'another'))])).to.deep.equal([]);
    expect(stateOf(give(limited, ...commandsFor(limited, [], null, [ended(one)])))).to.equal('active');
  });

  it('is a hold that a supervisor does not resume by hand', () => {
    const held = give(active(), ...commandsFor(active(), [imposed()], null, []));
    const resumed = decide(held, { kind: 'resume', reason: 'By hand' }, NOW);
    expect(!resumed.ok && resumed.error.code).to.equal('grant-state');
  });

  it('is the end where the grant is revoked or its use restricted', () => {
    for (const step of ['revoke', 'restrict'] as const) {
      const one = imposed({ step, until: step === 'restrict' ? NOW + 5 : null });
      expect(stateOf(give(active(), ...commandsFor(active(), [one], one, []))), step).to.equal('revoked');
    }
    const elsewhere = imposed({ step: 'restrict', datasets: ['other'] });
    expect(commandsFor(active(), [elsewhere], elsewhere, [])).to.deep.equal([]);
  });
});

describe('the file of the ladder', () => {
  const loaded = (change: (text: string) => string): string | undefined => {
    const folder = mkdtempSync(join(tmpdir(), 'tiergate-ladder-'));
    try {
      cpSync('policies/schemas', join(folder, 'schemas'), { recursive: true });
      writeFileSync(join(folder, 'ladder.yaml'), change(readFileSync('policies/ladder.yaml', 'utf8')));
      loadLadder(folder);
      return undefined;
    } catch (error) {
      return (error as Error).message;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };

  it('stops the start where it contradicts itself or its schema', () => {
    expect(loaded((text) => text)).to.equal(undefined);
    expect(loaded((text) => text.replace('[[notice, suspend], [warning, revoke]]', '[[suspend, notice]]'))).to.contain(
      'lapsed-proof: suspend is harder than notice',
    );
    expect(
      loaded((text) =>
        text.replace('measures: [[suspend, restrict]]\n  transfer', 'measures: [[limit, restrict]]\n  transfer'),
      ),
    ).to.contain('beyond-scenario: limit is milder than suspend');
    expect(loaded((text) => text.replace('hearing: 5', 'hearing: 0'))).to.contain('/hearing');
    expect(loaded((text) => text.replace(/ {2}re-identification:[^]*?measures: .*\n/, ''))).to.contain('/kinds');
  });
});
