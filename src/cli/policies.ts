import { loadRules } from '../applications/index.js';
import { checkPolicies } from '../classification/index.js';
import { loadPolicy, readPolicySource } from '../decisions/index.js';
import { type Call, EXIT, type Exit, textOption } from './command.js';
import { runCases } from './policies-cases.js';
import { policiesOf } from './policies-folder.js';

/** One part of the policies: what was looked at, and every fault. */
interface Checked {
  readonly part: string;
  readonly seen: string;
  readonly faults: readonly string[];
}

function rulePacks(folder: string): Checked {
  const { packs, rules, cases, faults } = checkPolicies(folder);
  const seen = `${packs} packs, ${rules} rules, ${cases} cases`;
  return { part: 'packs', seen, faults: faults.map(({ file, detail }) => `${file}: ${detail}`) };
}

async function access(folder: string): Promise<Checked> {
  const source = await readPolicySource(folder);
  const loaded = await loadPolicy(source);
  const seen = 'faults' in loaded ? '' : `${loaded.policy.rows.length} rows, ${source.cases.length} cases`;
  return { part: 'access.csv', seen, faults: 'faults' in loaded ? loaded.faults : [] };
}

function lifeCycle(folder: string): Checked {
  const { workflow } = loadRules(folder);
  const seen = `${Object.keys(workflow.source.commands).length} commands, deadlines, calendar`;
  return { part: 'workflow.yaml', seen, faults: [] };
}

/** A part that throws says why in its own words. */
async function checked(part: string, check: () => Checked | Promise<Checked>): Promise<Checked> {
  try {
    return await check();
  } catch (error) {
    return { part, seen: '', faults: [(error as Error).message] };
  }
}

function report(call: Call, parts: readonly Checked[]): void {
  for (const { part, seen, faults } of parts) {
    call.out(`${faults.length === 0 ? 'ok  ' : 'BAD '} ${part}${seen === '' ? '' : `: ${seen}`}`);
    for (const fault of faults) call.out(`     ${fault}`);
  }
}

/** Everything in `policies/`, without a database: schemas, names, golden cases; or an operator's own cases, over the data. */
export async function run(call: Call): Promise<Exit> {
  const cases = textOption(call, 'cases');
  if (cases !== undefined) return runCases(call, cases);
  const folder = policiesOf(call);
  const parts = [
    await checked('packs', () => rulePacks(folder)),
    await checked('access.csv', () => access(folder)),
    await checked('workflow.yaml', () => lifeCycle(folder)),
  ];
  report(call, parts);
  return parts.every(({ faults }) => faults.length === 0) ? EXIT.ok : EXIT.found;
}
