import { existsSync } from 'node:fs';
import { expect } from 'chai';
import { COMMANDS } from '../../../src/applications/domain/commands.js';
import { CELLS } from '../../../src/applications/domain/workflow.js';
import { lifecycleDoc, workflowDiagram, workflowTable } from '../../../src/applications/lifecycle-doc.js';
import { inProject } from '../../support/project.js';
import { rules } from './world.js';

describe('the page of the life cycle', () => {
  it('has a row for every state and every command somewhere', () => {
    const lines = workflowTable(rules.workflow).split('\n');
    expect(lines).to.have.length(2 + CELLS.length);
    for (const name of COMMANDS) expect(lines.join(' '), name).to.include(`\`${name}\``);
    expect(lines).to.include(
      '| `approved` | `withdraw` `remark` `copy-as-new` | `withdraw` `remark` `accept-agreement` | `remark` `counter-sign` `return-agreement` | `remark` `record-proceeding` `record-proceeding-outcome` |',
    );
  });

  it('draws every state that a command leads to', () => {
    const diagram = workflowDiagram(rules.workflow);
    expect(diagram).to.include('  in_review_authority --> partly_approved: approve');
    expect(diagram).to.include('  draft --> submitted: submit');
    expect(diagram).to.not.include('claim');
  });

  const parts = { grants: { diagram: 'the grants drawn', commands: 'the grants told' }, ladder: ['notice', 'revoke'] };

  it('says which numbers are not verified', () => {
    expect(lifecycleDoc(rules, parts)).to.match(/\| decision \| 10 \| .* \| no \|/);
  });

  it('says in words the numbers of the tables, and shows the grants and the ladder it is given', () => {
    const { steps, pauses, extension } = rules.clock.table;
    const page = lifecycleDoc(rules, parts).replaceAll(/\s+/g, ' ');
    expect(page).to.include(
      `${steps.acceptance?.limit} working days to accept, ${steps.decision.limit} working days to decide`,
    );
    expect(page).to.include(`${pauses.correction.limit} working days for a correction`);
    expect(page).to.include(`of ${extension.limit} working days`);
    expect(page).to.include('notice, revoke').and.include('the grants drawn').and.include('the grants told');
    const { opens, closes } = rules.workflow.source.routes.renewal;
    expect(page).to.include(`From ${opens} days before the end of a grant until ${closes} days after it`);
  });

  it('leads only to pages that are there', () => {
    for (const [, page = ''] of lifecycleDoc(rules, parts).matchAll(/\]\(([a-z-]+\.md)/g))
      expect(existsSync(inProject('docs', page)), page).to.equal(true);
  });
});
