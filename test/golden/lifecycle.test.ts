import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { load } from 'js-yaml';
import { type BodyOf, COMMANDS, type CommandName } from '../../src/applications/domain/commands.js';
import { allowedCommands } from '../../src/applications/domain/decide.js';
import { PROCEEDING_KINDS } from '../../src/kernel/proceeding.js';
import { CELLS, cellOf } from '../../src/applications/domain/workflow.js';
import { type Name, NAMES, rules, World } from '../unit/applications/world.js';

interface Case {
  readonly state: string;
  readonly by: readonly string[];
  /** Person → commands, parted by blanks. */
  readonly allowed: Partial<Record<Name, string>>;
}

const CASES = load(readFileSync('test/fixtures/applications/lifecycle.yaml', 'utf8')) as Case[];

const BODIES: { readonly [K in CommandName]?: BodyOf<K> } = {
  'request-correction': { defects: [{ text: 'Name the server.' }] },
  reassign: { to: 'reviewer-2' },
  'declare-conflict': { text: 'related' },
  ask: { text: 'Who?' },
  answer: { text: 'We.' },
  remark: { text: 'Noted.', private: false },
  consult: { with: 'Road company', question: 'Do you object?' },
  'record-consultation': { view: 'No objection.' },
  extend: { reason: 'Two opinions are awaited.' },
  appeal: { reason: 'The purpose was misread.' },
  'decide-appeal': { outcome: 'reopened', reason: 'It was.' },
  'record-proceeding': { kind: 'litigation', forum: 'Court', filedOn: '2026-03-02', reference: 'A 1' },
  'record-proceeding-outcome': { kind: 'litigation', outcome: 'annulled', on: '2026-03-02', text: 'Rule anew.' },
  'add-member': { subject: 'staff-1' },
  'remove-member': { subject: 'staff-1' },
  advise: { recommendation: 'approve', remark: '' },
  refuse: { reasons: [{ code: 'other', text: 'No.' }] },
  close: { reason: 'duplicate' },
  'return-agreement': { reason: 'The seal is missing.' },
};

function bodyOf(world: World, who: Name, name: CommandName): BodyOf<CommandName> {
  if (name === 'accept-agreement' || name === 'counter-sign')
    return { version: world.agreement?.version ?? 0, hash: world.agreement?.hash ?? '' };
  if (name === 'record-proceeding' || name === 'record-proceeding-outcome') {
    const open = (world.current.proceedings ?? []).filter(({ ended }) => ended === null).map(({ kind }) => kind);
    const kind = PROCEEDING_KINDS.find((one) => open.includes(one) === (name === 'record-proceeding-outcome'));
    return { ...BODIES[name], kind: kind ?? 'litigation' } as BodyOf<typeof name>;
  }
  if (name === 'reassign' && who === 'approver') return { to: 'deputy' };
  return BODIES[name] ?? {};
}

/** The world in which the way of a case has been walked. */
function worldOf({ by }: Case): World {
  const world = new World();
  world.draft('handler', { datasets: ['roads', 'buses'].map((dataset) => ({ dataset, items: [] })) });
  for (const step of by) {
    const [who, name] = step.split(' ') as [Name | 'world', CommandName];
    if (step === 'world agreement') world.agreement = { template: 'template', version: 2, hash: 'h2' };
    else if (step === 'world counter-signature')
      world.agreement = { template: 'template', version: 2, hash: 'h2', execution: 'counter-signature' };
    else if (step === 'world time') world.on('2026-06-01').letTimeAct();
    else if (step === 'approver approve-in-part')
      world.does('approver', 'approve', { datasets: [{ dataset: 'roads' }] });
    else world.does(who as Name, name, bodyOf(world, who as Name, name) as never);
  }
  return world;
}

/** Who meets this case at all, after its submission. */
const STRANGERS: readonly Name[] = ['rival', 'citizen', 'reviewer-health', 'officer', 'body-handler', 'body-signatory'];
const READERS: readonly Name[] = ['supervisor', 'auditor'];
const OWN: readonly Name[] = ['handler', 'signatory'];

describe('golden: every command in every state by everybody', () => {
  it('reaches every state of the table', () => {
    const reached = new Set(CASES.map((one) => cellOf(worldOf(one).current)));
    expect([...reached]).to.have.members([...CELLS]);
  });

  for (const one of CASES) {
    it(`while ${one.state}`, () => {
      for (const who of NAMES) {
        const world = worldOf(one);
        const allowed = (one.allowed[who]?.split(' ') ?? []) as CommandName[];
        expect(allowedCommands(rules, world.current, world.facts(who)), who).to.deep.equal(allowed);
        for (const name of COMMANDS) {
          const before = world.current;
          const outcome = worldOf(one).send(who, name, bodyOf(world, who, name) as never);
          const what = `${who} ${name}: ${JSON.stringify(outcome)}`;
          expect(outcome.ok, what).to.equal(allowed.includes(name));
          if (outcome.ok) continue;
          expect(world.current, 'a refusal changes nothing').to.equal(before);
          const { code } = outcome.error;
          if (STRANGERS.includes(who) || (one.state === 'draft' && !OWN.includes(who)))
            expect(code, what).to.equal('not-found');
          else if (READERS.includes(who)) expect(code, what).to.equal('command-not-yours');
          else if (OWN.includes(who) && rules.workflow.isRuling(name)) expect(code, what).to.equal('applicant-side');
          else expect(code, what).to.not.equal('not-found');
        }
      }
    });
  }
});
