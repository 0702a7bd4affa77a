import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import { load } from 'js-yaml';
import { isDay } from '../kernel/time.js';
import { Calendar, type YearArrangement } from './domain/calendar.js';
import type { DeadlineTable } from './domain/deadlines.js';
import type { Rules } from './domain/facts.js';
import { sharingTable, Workflow, type WorkflowSource } from './domain/workflow.js';

/** A file of `policies/` that does not say what its schema asks for; the start stops with every fault listed. */
export class PolicyFault extends Error {
  constructor(file: string, faults: readonly string[]) {
    super(`${file}: ${faults.join('; ')}`);
  }
}

/** The schemas themselves are held against theirs by the tests: at a start that would cost a fifth of a second. */
const ajv = new Ajv({ allErrors: true, strict: false, validateSchema: false, code: { optimize: false } });
const checks = new Map<string, ValidateFunction>();

/** Compiles a schema once: ten years of a calendar share one. */
function checkOf(path: string): ValidateFunction {
  const known = checks.get(path);
  if (known !== undefined) return known;
  const check = ajv.compile(JSON.parse(readFileSync(path, 'utf8')) as object);
  checks.set(path, check);
  return check;
}

/** Reads a YAML file of `policies/` and holds it against its JSON Schema. */
export function readPolicy<T>(root: string, file: string, schema: string): T {
  const value = load(readFileSync(join(root, file), 'utf8')) as T;
  const check = checkOf(join(root, 'schemas', schema));
  if (check(value)) return value;
  throw new PolicyFault(
    file,
    (check.errors ?? []).map((fault) => `${fault.instancePath || '/'} ${fault.message ?? ''}`),
  );
}

/** The life cycle of applications, `policies/workflow.yaml`. */
export function loadWorkflow(root: string): Workflow {
  return new Workflow(readPolicy<WorkflowSource>(root, 'workflow.yaml', 'workflow.schema.json'));
}

/** A table of deadlines of a pack: `policies/packs/<pack>/<version>/deadlines.yaml`, that of opening, or another one. */
export function loadDeadlines(root: string, pack: string, version: number, name = 'deadlines'): DeadlineTable {
  return readPolicy<DeadlineTable>(root, `packs/${pack}/${version}/${name}.yaml`, 'deadlines.schema.json');
}

/** All published years of a calendar, `policies/calendars/<name>-<year>.yaml`. */
export function loadCalendar(root: string, name: string): Calendar {
  const files = readdirSync(join(root, 'calendars')).filter(
    (file) => file.startsWith(`${name}-`) && file.endsWith('.yaml'),
  );
  const years = files.map((file) => {
    const year = readPolicy<YearArrangement>(root, `calendars/${file}`, 'calendar.schema.json');
    const wrong = [...year.off, ...year.working].filter((day) => !isDay(day));
    if (wrong.length > 0)
      throw new PolicyFault(
        `calendars/${file}`,
        wrong.map((day) => `${day} is no day`),
      );
    return year;
  });
  if (years.length === 0) throw new PolicyFault('calendars', [`no year of ${name}`]);
  return new Calendar(name, years);
}

/** The rules applications are decided by: the workflow, and the clock of the pack; both again for sharing. */
export function loadRules(root: string, pack = 'cn-shanghai', version = 1): Rules {
  const workflow = loadWorkflow(root);
  const clockOf = (name?: string): Rules['clock'] => {
    const table = loadDeadlines(root, pack, version, name);
    return { table, calendar: loadCalendar(root, table.calendar) };
  };
  const rules = { workflow, clock: clockOf(workflow.source.deadlines) };
  const sharing = sharingTable(workflow.source);
  const own = workflow.source.sharing;
  if (sharing === null || own === undefined) return rules;
  return { ...rules, sharing: { workflow: new Workflow(sharing), clock: clockOf(own.deadlines) } };
}
