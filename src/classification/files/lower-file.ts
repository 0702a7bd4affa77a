import { strictness } from '../../kernel/tier.js';
import type { CompiledPack } from '../domain/compiled.js';
import type { Facts, Finding } from '../domain/facts.js';
import { assess } from '../domain/assess.js';
import { demandOf, fewestDrops } from '../domain/lowering/drops.js';
import { type Ground, groundsFrom, type Lowering, type Lowers, type NoLowering } from '../domain/lowering/lowering.js';
import { informationKept, type Proposal, stepsOf } from '../domain/lowering/proposal.js';
import { RECIPE, type Recipe, recipeText } from '../domain/lowering/recipe.js';
import { type ColumnRoles, columnRoles } from '../domain/columns/roles.js';
import type { Step } from '../domain/lowering/steps.js';
import { LEAST, type NotAssessed } from '../domain/risk/risk.js';
import { figuresOn } from '../measure/before-after.js';
import { type Budget, isMissing, within } from '../measure/budget.js';
import { coarsen, columnsAt } from '../measure/coarsen.js';
import { ladderOf } from '../measure/ladders.js';
import { sha256 } from '../packs/load.js';
import type { Tabular, TabularColumn } from '../reader/tabular.js';

/** Share of records that advice may withhold as too rare. */
export const WITHHOLDING = 0.05;

/** A table whose rules demand a tier, and everything needed to say what would lower it. */
export interface Situation {
  readonly facts: Facts;
  readonly compiled: CompiledPack;
  readonly roles: ColumnRoles;
  /** Columns in the order of the table. */
  readonly columns: readonly string[];
  readonly fileHash: string;
  /** The quasi-identifiers and sensitive attributes, to be asked; null when there is none or they could not be read. */
  readonly table: Tabular | null;
  readonly budget: Budget;
  /** What the engine recognises in the table after the steps. */
  readonly findingsAfter: (steps: readonly Step[]) => Promise<readonly Finding[] | NotAssessed>;
}

interface Planned {
  readonly proposal: Proposal;
  readonly withheld: number;
  readonly search: Lowers['search'];
  readonly before: Lowers['before'];
  readonly after: Lowers['after'];
}

const named = (table: Tabular, names: readonly string[]): TabularColumn[] =>
  table.columns.filter(({ name }) => names.includes(name));

/** With no quasi-identifier to ask about, dropping is all there is to plan. */
function plainPlan({ columns }: Situation, dropped: ReadonlySet<string>): Planned {
  const proposal: Proposal = { columns, dropped, ladders: [], choice: [], withholdBelow: null };
  const nothing = {
    columns: [],
    figures: { status: 'not-assessed', reason: 'no-quasi-identifiers' },
    diversity: [],
  } as const;
  return { proposal, withheld: 0, search: 'complete', before: nothing, after: nothing };
}

/** Works out how coarse the quasi-identifiers become. `mustChange`: those that may not stay as they are. */
async function planFor(
  situation: Situation,
  dropped: ReadonlySet<string>,
  mustChange: readonly string[],
): Promise<Planned> {
  const { table, roles, columns, budget } = situation;
  if (table === null) return plainPlan(situation, dropped);
  const all = named(table, roles.quasiIdentifiers);
  const attributes = named(
    table,
    roles.sensitive.filter((name) => !dropped.has(name)),
  );
  const left = all.filter(({ name }) => !dropped.has(name));
  const ladders = [];
  for (const column of left) {
    const ladder = await ladderOf(table, column);
    const rungs = mustChange.includes(column.name) ? ladder.rungs.filter(({ to }) => to !== 'as-is') : ladder.rungs;
    ladders.push({ ...ladder, rungs });
  }
  const { choice, rare, search } = await coarsen(
    table,
    left,
    ladders,
    { least: LEAST, withholding: WITHHOLDING },
    budget,
  );
  const shown = columnsAt(table, left, ladders, choice);
  return {
    proposal: { columns, dropped, ladders, choice, withholdBelow: rare > 0 ? LEAST : null },
    withheld: rare,
    search,
    before: await figuresOn(table, all, named(table, roles.sensitive), LEAST),
    after: await figuresOn(table, shown, attributes, LEAST, rare > 0 ? LEAST : 1),
  };
}

/** Facts as the engine sees them once the steps are done. */
const factsWith = (facts: Facts, columns: readonly string[], findings: readonly Finding[]): Facts => ({
  ...facts,
  items: (facts.items ?? []).filter(({ name }) => columns.includes(name)),
  findings,
});

function recipeOf(
  situation: Situation,
  tiers: Pick<Recipe, 'from' | 'to'>,
  steps: readonly Step[],
  plan: Planned,
): Recipe {
  const { compiled, columns, fileHash } = situation;
  const { id, version, hash } = compiled.pack;
  const file = { sha256: fileHash, columns };
  const plain = { ...RECIPE, file, pack: { id, version, hash }, ...tiers, steps, quasiIdentifiers: plan.after.columns };
  return { ...plain, hash: sha256(recipeText(plain)) };
}

/** Tries the plan on the data: the whole engine reads the changed table. */
async function tried(situation: Situation, plan: Planned): Promise<Lowers | readonly Ground[] | NotAssessed> {
  const { facts, compiled, columns } = situation;
  const steps = stepsOf(plan.proposal);
  const findings = await situation.findingsAfter(steps);
  if (isMissing(findings)) return findings;
  const gone = new Set(steps.flatMap((step) => (step.kind === 'drop' ? [step.column] : [])));
  const after = factsWith(
    facts,
    columns.filter((name) => !gone.has(name)),
    findings as readonly Finding[],
  );
  const [before, now] = [demandOf(facts, compiled), demandOf(after, compiled)];
  const names = columnRoles(after.findings ?? [], compiled.pack.columns).identifiers;
  if (strictness(now.floor) >= strictness(before.floor) || names.length > 0) return now.grounds;
  const answer = assess(after, compiled);
  const rules = answer.kind === 'secret' ? [] : answer.rules;
  return {
    status: 'lowers',
    from: before.floor,
    to: now.floor,
    steps,
    before: plan.before,
    after: plan.after,
    informationKept: informationKept(plan.proposal, plan.withheld),
    withheld: plan.withheld,
    search: plan.search,
    remaining: groundsFrom(rules, (tier) => strictness(tier) > strictness(now.floor)),
    recipe: recipeOf(situation, { from: before.floor, to: now.floor }, steps, plan),
  };
}

interface Attempt {
  readonly dropped: ReadonlySet<string>;
  readonly mustChange: readonly string[];
}

/** What to try, that which keeps more first: quasi-identifiers made coarser, then those the rules name dropped. */
function attemptsFor({ facts, compiled, roles }: Situation): Attempt[] {
  const must = roles.identifiers;
  const plain = fewestDrops(facts, compiled, must, []);
  const lenient = fewestDrops(facts, compiled, must, roles.quasiIdentifiers);
  const spared = [...(plain ?? [])].filter((name) => lenient !== null && !lenient.has(name));
  return [
    ...(lenient === null ? [] : [{ dropped: lenient, mustChange: plain === null ? roles.quasiIdentifiers : spared }]),
    ...(plain === null ? [] : [{ dropped: plain, mustChange: [] }]),
  ];
}

function none(
  situation: Pick<Situation, 'facts' | 'compiled'>,
  remaining: readonly Ground[],
  missing?: NotAssessed,
): NoLowering {
  const { facts, compiled } = situation;
  const { floor, grounds } = demandOf(facts, compiled);
  const left = remaining.length > 0 ? remaining : grounds;
  const whole = left.some(({ items, weight }) => weight === 'floor' && items.length === 0);
  const reason = missing === undefined ? (whole ? 'whole-record' : 'still-demanded') : 'not-measured';
  return {
    status: 'none',
    from: floor,
    reason,
    remaining: left,
    ...(missing === undefined ? {} : { detail: missing.reason }),
  };
}

/** The same answer where nothing could be asked; empty where the rules demand nothing. */
export function notMeasured(situation: Pick<Situation, 'facts' | 'compiled'>, missing: NotAssessed): Lowering[] {
  return demandOf(situation.facts, situation.compiled).floor === 'open' ? [] : [none(situation, [], missing)];
}

/**
 * What would lower the tier that the rules demand of a table: the steps that keep most, tried on the data; or why none of
 * them does. Empty where the rules demand nothing.
 */
export async function loweringOf(situation: Situation): Promise<Lowering[]> {
  if (demandOf(situation.facts, situation.compiled).floor === 'open') return [];
  let remaining: readonly Ground[] = [];
  for (const { dropped, mustChange } of attemptsFor(situation)) {
    const plan = await within(situation.budget, () => planFor(situation, dropped, mustChange));
    if (isMissing(plan)) return [none(situation, [], plan)];
    if (plan.proposal.columns.every((name) => dropped.has(name)))
      return [{ ...none(situation, []), reason: 'nothing-left' }];
    const outcome = await tried(situation, plan);
    if (isMissing(outcome)) return [none(situation, [], outcome)];
    if ('status' in outcome) return [outcome];
    remaining = outcome as readonly Ground[];
  }
  return [none(situation, remaining)];
}
