import { newEnforcer, newModelFromString, StringAdapter } from 'casbin';
import { expect } from 'chai';
import fc from 'fast-check';
import { decide } from '../../../src/decisions/domain/decide.js';
import { EXPORT_MODEL, NO_PURPOSE, policyLines } from '../../../src/decisions/domain/policy-lines.js';
import type { Question } from '../../../src/decisions/domain/question.js';
import type { World } from '../../../src/decisions/domain/world.js';
import { anyPlainWorld, worldOf } from '../../fixtures/decisions/random-world.js';
import { NOW, question, shippedPolicy, smallWorld } from '../../fixtures/decisions/small-world.js';

const SUBJECTS = [
  ['anonymous', 'anonymous', 'anonymous'],
  ...['org-1', 'org-2', 'org-3', 'nobody'].map((id) => [`organisation:${id}`, 'organisation', id]),
  ...['person-1', 'person-2', 'no-one'].map((id) => [`user:${id}`, 'user', id]),
] as const;
const OBJECTS = ['ds-1', 'ds-2', 'ds-3', 'gone'].flatMap((id) => [
  [`dataset:${id}`, 'dataset', id],
  [`distribution:${id}-file`, 'distribution', `${id}-file`],
  [`distribution:${id}-api`, 'distribution', `${id}-api`],
]);
const ACTIONS = ['read', 'download', 'api', 'sandbox', 'write'];
const PURPOSES = ['research', 'education', 'marketing', NO_PURPOSE];

interface Asked {
  readonly request: [string, string, string, string];
  readonly question: Question;
}

const ALL: readonly Asked[] = SUBJECTS.flatMap(([sub, subjectType, subjectId]) =>
  OBJECTS.flatMap(([obj, resourceType, resourceId]) =>
    ACTIONS.flatMap((action) =>
      PURPOSES.map(
        (purpose): Asked => ({
          request: [sub, obj as string, action, purpose],
          question: question({
            subjectType: subjectType as string,
            subjectId: subjectId as string,
            resourceType: resourceType as string,
            resourceId: resourceId as string,
            action,
            purpose: purpose === NO_PURPOSE ? null : purpose,
          }),
        }),
      ),
    ),
  ),
);

describe('decisions: the exported policy', () => {
  it('agrees with stock Casbin on every question about random small worlds', async function () {
    this.timeout(240_000);
    const policy = await shippedPolicy();
    let lines = 0;
    const check = async (world: World): Promise<void> => {
      const exported = [...policyLines(world, policy, NOW)];
      lines += exported.length;
      const stock = await newEnforcer(newModelFromString(EXPORT_MODEL), new StringAdapter(exported.join('\n')));
      for (const { request, question: asked } of ALL) {
        const stocks = exported.length > 0 && stock.enforceSync(...request);
        expect(stocks, request.join(' ')).to.equal(decide(asked, world, policy, NOW).permit);
      }
    };
    await fc.assert(
      fc.asyncProperty(anyPlainWorld, async (plain) => check(worldOf(plain))),
      { numRuns: 25 },
    );
    expect(lines, 'worlds without permits would prove nothing').to.be.greaterThan(100);
  });

  it('writes a grant as one line per purpose it serves', async () => {
    const lines = [...policyLines(smallWorld(), await shippedPolicy(), NOW)];
    expect(lines.filter((line) => line.startsWith('p, organisation:org-1, dataset:ds-1'))).to.deep.equal([
      'p, organisation:org-1, dataset:ds-1, download, none-named',
      'p, organisation:org-1, dataset:ds-1, download, research',
    ]);
    expect(lines).to.include('g, organisation:org-1, anyone');
    expect(lines).to.include('p, anyone, dataset:ds-open, download, *');
  });
});
