import { expect } from 'chai';
import { COMMANDS } from '../../../src/applications/domain/commands.js';
import { CELLS } from '../../../src/applications/domain/workflow.js';
import { lifecycleDoc, workflowDiagram, workflowTable } from '../../../src/applications/lifecycle-doc.js';
import { rules } from './world.js';

describe('the page of the life cycle', () => {
  it('has a row for every state and every command somewhere', () => {
    const lines = workflowTable(rules.workflow).split('\n');
    expect(lines).to.have.length(2 + CELLS.length);
    for (const name of COMMANDS) expect(lines.join(' '), name).to.include(`\`${name}\``);
    expect(lines).to.include(
      '| `approved` | `withdraw` `remark` `copy-as-new` | `withdraw` `remark` `accept-agreement` | `remark` | `remark` |',
    );
  });

  it('draws every state that a command leads to', () => {
    const diagram = workflowDiagram(rules.workflow);
    expect(diagram).to.include('  in_review_authority --> partly_approved: approve');
    expect(diagram).to.include('  draft --> submitted: submit');
    expect(diagram).to.not.include('claim');
  });

  it('says which numbers are not verified', () => {
    expect(lifecycleDoc(rules)).to.match(/\| decision \| 10 \| .* \| no \|/);
  });
});
