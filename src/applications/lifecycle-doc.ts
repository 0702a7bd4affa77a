import { type Text, textIn } from '../kernel/text.js';
import type { Rules } from './domain/facts.js';
import { CELLS, PARTIES, type Party, type Workflow } from './domain/workflow.js';
import { lifecycleInWords } from './lifecycle-words.js';

/** The table as Markdown: one row per state, one column per party. */
export function workflowTable(workflow: Workflow): string {
  const cellText = (commands: ReturnType<Workflow['rows']>[number]['commands'], party: Party): string =>
    commands
      .filter(({ parties }) => parties.includes(party))
      .map(({ name }) => `\`${name}\``)
      .join(' ') || '–';
  const lines = workflow
    .rows()
    .map(({ cell, commands }) => `| \`${cell}\` | ${PARTIES.map((party) => cellText(commands, party)).join(' | ')} |`);
  const head = [`| state | ${PARTIES.join(' | ')} |`, `|---|${PARTIES.map(() => '---|').join('')}`];
  return [...head, ...lines].join('\n');
}

/** The states and the commands between them as a Mermaid diagram. */
export function workflowDiagram(workflow: Workflow): string {
  const node = (cell: string): string => cell.replaceAll(/[-/]/g, '_');
  const arrows = workflow.rows().flatMap(({ cell, commands }) =>
    commands.flatMap(({ name }) =>
      workflow
        .targets(name, cell)
        .filter((to) => to !== cell)
        .map((to) => `  ${node(cell)} --> ${node(to)}: ${name}`),
    ),
  );
  const used = CELLS.filter((cell) => arrows.some((arrow) => arrow.includes(` ${node(cell)}`)));
  const names = used.map((cell) => `  state "${cell}" as ${node(cell)}`);
  return ['```mermaid', 'stateDiagram-v2', ...names, '  [*] --> draft', ...arrows, '```'].join('\n');
}

/** Where submissions enter, by what they are, as Markdown. */
function routeTable({ source: { routes } }: Workflow): string {
  const { application, amendment, renewal } = routes;
  const atOnce = application.unconditional;
  const lines = [
    ['first application', application.enters],
    ['amendment of a grant', amendment.enters],
    ['renewal of a grant', renewal.enters],
    ['renewal that asks for nothing new', renewal.unchanged],
    ...(atOnce === undefined ? [] : [['all of it shared without a condition', atOnce] as const]),
  ].map(([what, enters]) => `| ${what} | \`${enters}\` |`);
  return ['| what is submitted | enters |', '|---|---|', ...lines].join('\n');
}

/** The deadlines of the pack as Markdown. */
function deadlineTable({ table }: Rules['clock']): string {
  const line = (
    what: string,
    { limit, source, verified }: { limit: number; source: Text; verified: boolean },
  ): string => `| ${what} | ${limit} | ${textIn(source, 'en')} | ${verified ? 'yes' : 'no'} |`;
  const steps = Object.entries(table.steps).map(([kind, step]) => line(kind, step));
  const pauses = Object.entries(table.pauses).map(([kind, pause]) =>
    line(`pause: ${kind}, at most ${pause.max}`, pause),
  );
  const more = line(`extension: ${table.extension.of}, at most ${table.extension.max}`, table.extension);
  return ['| step | working days | source | verified |', '|---|---|---|---|', ...steps, more, ...pauses].join('\n');
}

/** Requests between public bodies: the same table with what differs. */
function sharingPart({ sharing }: Rules): string {
  if (sharing === undefined) return '';
  const { workflow, clock } = sharing;
  const { pack, version, table } = clock.table;
  return `
## Sharing between public bodies

The second life cycle of \`policies/workflow.yaml\`, under \`sharing\`: what a public body asks of another one
([docs/sharing.md](sharing.md)). The holder rules alone; only the review of a refusal goes to the authority.

${workflowDiagram(workflow)}

${workflowTable(workflow)}

${routeTable(workflow)}

### Deadlines: ${table}

From the pack \`${pack}/${version}\`; 0 times means that there is none.

${deadlineTable(clock)}
`;
}

/** What the page is made of beside the rules of this slice. */
export interface LifecycleParts {
  /** Diagram and table of the states of a grant. */
  readonly grants: { readonly diagram: string; readonly commands: string };
  /** Measures that may follow a violation, the mildest first. */
  readonly ladder: readonly string[];
}
/** The page `docs/lifecycle.md`, made from `policies/workflow.yaml`, the deadlines of the pack and the rules of grants. */
export function lifecycleDoc(rules: Rules, { grants, ladder }: LifecycleParts): string {
  const { workflow, clock } = rules;
  const { pack, version, table } = clock.table;
  const ruling = workflow.rulingCommands().map((name) => `\`${name}\``);
  return `# The life of an application

Generated from \`policies/workflow.yaml\`, \`policies/packs/${pack}/${version}/deadlines.yaml\` and the rules of grants by
\`npm run docs\`. The server enforces these tables, \`allowedCommands\` advertises them, and the console makes its buttons from
them. Every run of the tests walks random histories: tens of thousands of commands on the rules alone, ten thousand on each
store beside a model that says what everybody may do; each has to agree, and rows and log to follow the events.

${lifecycleInWords(rules, ladder)}
## The states of an application

${workflowDiagram(workflow)}

## Who may do what, when

${workflowTable(workflow)}

The reviewer sits at the holder, the approver at the public-data authority; deputies act whenever the holder of the post
may. Separation of duties applies to ${ruling.join(', ')}: nobody of the applicant's organisation or its parent, no member
of the application, nobody who acted for the applicant, nobody who declared a conflict, and nobody who acted at the other
stage. Where nobody eligible remains, the stage passes to the authority's substitute, and the history says so.

## Renewals and amendments

Applications of their own, opened from a grant with everything that was granted ([docs/evidence.md](evidence.md)). A grant
can be renewed from ${workflow.source.routes.renewal.opens} days before its end until ${workflow.source.routes.renewal.closes} days after it.

${routeTable(workflow)}

## The states of a grant

Drawn from what the rules of a grant do to every grant that can be reached. *A premise fails*: the dataset is suspended or
withdrawn, its tier raised, the organisation suspended, evidence taken away, a measure imposed, a supervisor asked to look again. What rests
for two causes goes on when both are gone. \`not-yet\` and \`ended\` are no states: they are read off the period, which holds
from its first millisecond and not in the one after its last.

${grants.diagram}

${grants.commands}

Who may: the organisation \`relinquish\`es, reports, submits evidence, certifies deletion; a supervisor suspends, limits,
resumes, revokes. Commands that need a reason keep it on the grant.

## What time does by itself

An unanswered correction abandons the application on the day after its last one. When a third party was silent to the end
of its time the case returns to the stage that asked, and the body decides. A due day that passed is told once, as an event
the applicant sees too. Each happens once, also after downtime and with several instances.

## Deadlines: ${table}

Working days of the State Council's calendar, counted from the day after receipt. \`no\` under verified means that no text
at hand states the number; the authority adopts the table when it installs the product.

${deadlineTable(clock)}
${sharingPart(rules)}`;
}
