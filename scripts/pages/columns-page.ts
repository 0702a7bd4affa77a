import { textIn } from '../../src/kernel/text.js';
import { loadPacks } from '../../src/classification/index.js';
import type { ColumnType, ColumnWay, Threshold } from '../../src/classification/domain/columns/column-types.js';

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

const CIRCUMSTANCES = [
  ['alone', 'without a word'],
  ['withCue', 'with a cue'],
  ['withHint', 'bare heading'],
  ['withNeighbours', 'beside neighbours'],
] as const satisfies readonly (readonly [keyof ColumnWay, string])[];

/** What it takes, in few words: share, cells, share of the shape, doubt. */
function takes({ fraction, matches, purity, doubt }: Threshold): string {
  return [
    `≥ ${Number((fraction * 100).toPrecision(3))} %`,
    `≥ ${matches} ${matches === 1 ? 'cell' : 'cells'}`,
    ...(purity === undefined ? [] : [`${purity * 100} % of the shape`]),
    ...(doubt === undefined ? [] : [`chance ≤ ${doubt}`]),
  ].join(', ');
}

function wayLine(way: ColumnWay): string {
  const thresholds = CIRCUMSTANCES.flatMap(([name, words]) => {
    const threshold = way[name];
    return threshold === undefined ? [] : [`${words}: ${takes(threshold)}`];
  });
  const lists = way.lists === undefined ? '' : ` of ${way.lists.join(', ')}`;
  return `| | \`${way.rule}\` | ${way.evidence} | \`${way.validator}\`${lists} | ${cell(thresholds.join('; '))} |`;
}

function typeLines(type: ColumnType): string[] {
  const { text, article, verified } = type.source;
  const source = [text, article].flatMap((part) => (part === undefined ? [] : [textIn(part, 'en')])).join(', ');
  const about = [type.roles.join(', '), `${source}${verified ? '' : ' (not checked against its text)'}`];
  return [
    `| **${type.type}** | ${cell(textIn(type.title, 'en'))} · ${cell(textIn(type.title, 'zh'))} | | | ${cell(about.join('; '))} |`,
    ...type.ways.map(wayLine),
  ];
}

/** `docs/columns.md`: the column types of the pack in force, as `policies/lexicons/<version>/columns.yaml` says. */
export function columnsPage(policies: string): string {
  const loaded = loadPacks(policies);
  const columns = loaded.ok ? loaded.value.current('cn-shanghai')?.pack.columns : undefined;
  if (columns === undefined) throw new Error('the rule packs are not sound');
  const ways = columns.types.reduce((sum, { ways: some }) => sum + some.length, 0);
  return `# Columns

What \`tiergate classify\` may say of a column: ${columns.types.length} types by ${ways} rules, made from \`policies/lexicons/${columns.version}/columns.yaml\`, where words, lists and thresholds stand. Evidence is believed in this order: checksum, pattern, value list, heading. A finding names its rule (\`columns/${columns.version}#<rule>\`, with \`+cue\`, \`+hint\` or \`+neighbours\` after it), the share of the non-empty cells, and their number; never a cell. How it was chosen and measured: [ADR 0019](adr/0019-how-columns-are-recognised.md). Which rule makes what of a type: \`policies/packs/<id>/<version>/rules.yaml\`.

Roles: an *identifier* names one person; a *quasi-identifier* helps to single one out; *sensitive* is what people would not want told (Personal Information Protection Law, art. 28, and what comes near it); *organisation*, *key* and *context* are no ground by themselves.

| type, rule | | evidence | validator | what it takes; role and source |
|---|---|---|---|---|
${columns.types.flatMap(typeLines).join('\n')}
`;
}
