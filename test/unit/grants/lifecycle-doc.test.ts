import { expect } from 'chai';
import { GRANT_STATES } from '../../../src/grants/domain/grant.js';
import { grantCommandTable, grantDiagram, grantSteps } from '../../../src/grants/lifecycle-doc.js';

const ENDED = ['revoked', 'expired', 'relinquished'];

describe('the states of a grant as the pages show them', () => {
  const steps = grantSteps();
  const ways = (from: string, to: string): string[] =>
    steps.filter((step) => step.from === from && step.to === to).map(({ by }) => by);

  it('are all reached, and nothing leads out of an end', () => {
    const reached = new Set(['pending', ...steps.map(({ to }) => to)]);
    expect([...reached]).to.have.members([...GRANT_STATES]);
    expect(steps.filter(({ from }) => ENDED.includes(from))).to.deep.equal([]);
    for (const state of GRANT_STATES.filter((one) => !ENDED.includes(one)))
      expect(ways(state, 'revoked'), state).to.deep.equal(['revoke']);
  });

  it('become active by the agreement alone, or by what rested being over', () => {
    expect(ways('pending', 'active')).to.deep.equal(['accept-agreement']);
    expect(ways('suspended', 'active')).to.have.members([
      'resume',
      'the premise holds again',
      'a measure ends',
      'submit-evidence',
    ]);
    expect(ways('pending', 'limited')).to.deep.equal([]);
  });

  it('end by time with their period, whatever they were', () => {
    for (const state of ['pending', 'active', 'limited', 'suspended'] as const)
      expect(ways(state, 'expired'), state).to.deep.equal(['the period ends']);
  });

  it('are drawn with every step, and told with what people may do', () => {
    const drawn = grantDiagram();
    for (const { from, to, by } of steps) expect(drawn).to.match(new RegExp(`${from} --> ${to}: .*${by}`));
    const table = grantCommandTable();
    expect(table).to.include('| `active` | `suspend` `limit` `revoke` `relinquish`');
    expect(table.split('\n').find((line) => line.startsWith('| `revoked`'))).to.not.match(/suspend|resume|revoke`/);
  });
});
