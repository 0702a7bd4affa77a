import { expect } from 'chai';
import { allowedCommands, mayCommand } from '../../../src/catalogue/dataset-rights.js';
import { blankRecord } from '../../../src/catalogue/domain/content.js';
import { DATASET_STATES, type DatasetRecord, type DatasetState } from '../../../src/catalogue/domain/dataset.js';
import { heldFor } from '../../../src/catalogue/domain/holds.js';
import {
  DATASET_COMMANDS,
  decide,
  type DatasetCommand,
  type DatasetEvent,
  evolve,
  lacking,
} from '../../../src/catalogue/domain/lifecycle.js';
import type { Principal } from '../../../src/kernel/principal.js';
import type { Role } from '../../../src/kernel/roles.js';

const NOW = Date.parse('2026-12-01T02:00:00Z');
const whole = (state: DatasetState): DatasetRecord => ({
  ...blankRecord('D', 'D', 'P', NOW),
  title: { zh: '公园' },
  abstract: { zh: '全部公园' },
  field: 'urban-construction',
  updateFrequency: 'yearly',
  tier: 'open',
  state,
});
const bare = (state: DatasetState): DatasetRecord => ({ ...whole(state), abstract: {}, field: null });
const person = (role: Role, organisation: string) =>
  ({ kind: 'user', id: 'x', roles: [role], organisation: { id: organisation } }) as unknown as Principal;
const GIVEN: Readonly<Record<DatasetCommand['kind'], DatasetCommand>> = {
  edit: { kind: 'edit', content: { keywords: ['trees'] } },
  list: { kind: 'list' },
  suspend: { kind: 'suspend', reason: 'Quality' },
  withdraw: { kind: 'withdraw', reason: 'Quality' },
  restore: { kind: 'restore' },
};

describe('what may be done with a record', () => {
  const steward = person('steward', 'P');

  it('is what the record takes and its rights allow, in every state, and nothing else', () => {
    for (const record of DATASET_STATES.flatMap((state) => [whole(state), bare(state), heldFor(whole(state), HOLD)]))
      for (const who of [steward, person('supervisor', 'S'), person('officer', 'S'), person('reviewer', 'P')])
        expect(allowedCommands(who, record, NOW), `${who.roles[0]}, ${record.state}`).to.have.members(
          DATASET_COMMANDS.filter((kind) => mayCommand(who, record, kind) && decide(record, GIVEN[kind], NOW).ok),
        );
  });

  it('is nothing of another body, and for a supervisor only to stop and to let go on', () => {
    const of = (who: Principal, state: DatasetState) => allowedCommands(who, whole(state), NOW).join(' ');
    expect(DATASET_STATES.map((state) => of(steward, state))).to.deep.equal([
      'edit list withdraw',
      'edit suspend withdraw',
      'edit withdraw restore',
      'edit restore',
    ]);
    expect(DATASET_STATES.map((state) => of(person('steward', 'Q'), state))).to.deep.equal(['', '', '', '']);
    expect(DATASET_STATES.map((state) => of(person('supervisor', 'S'), state))).to.deep.equal([
      '',
      'suspend',
      'restore',
      '',
    ]);
  });

  it('holds no listing while something is missing that a listed record states, and that is named', () => {
    expect(allowedCommands(steward, bare('draft'), NOW)).to.not.include('list');
    expect(lacking(bare('draft'))).to.deep.equal(['/abstract', '/field']);
    expect(lacking(whole('draft'))).to.deep.equal([]);
  });

  it('leads a record that was withdrawn before it was whole back: edited, then restored', () => {
    expect(allowedCommands(steward, bare('withdrawn'), NOW)).to.deep.equal(['edit']);
    const edit = { kind: 'edit' as const, content: { abstract: { zh: '全部公园' }, field: 'environment' as const } };
    const edited = decide(bare('withdrawn'), edit, NOW);
    const after = evolve(bare('withdrawn'), (edited as { value: DatasetEvent }).value);
    expect(after.state, 'edited, it stays withdrawn').to.equal('withdrawn');
    expect(allowedCommands(steward, after, NOW)).to.deep.equal(['edit', 'restore']);
    // What nobody outside sees may lack anything while it is written; what they see may not.
    const emptied = { kind: 'edit' as const, content: { abstract: {} } };
    expect(decide(whole('withdrawn'), emptied, NOW).ok).to.equal(true);
    expect(decide(whole('suspended'), emptied, NOW).ok).to.equal(false);
  });

  it('leads a draft that was put away back to a draft, whole or not, and held or not', () => {
    const given = (record: DatasetRecord, command: DatasetCommand) =>
      evolve(record, (decide(record, command, NOW) as { value: DatasetEvent }).value);
    for (const draft of [whole('draft'), bare('draft'), heldFor(whole('draft'), HOLD)]) {
      const away = given(draft, GIVEN.withdraw);
      expect([away.state, allowedCommands(steward, away, NOW)]).to.deep.equal(['withdrawn', ['edit', 'restore']]);
      expect(given(away, GIVEN.restore)).to.deep.equal(draft);
    }
    expect(given(given(whole('listed'), GIVEN.withdraw), GIVEN.restore).state).to.equal('listed');
  });
});
const HOLD = { by: 'C', items: [] };
