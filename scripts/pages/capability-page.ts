import { type Chapter, readChapters, type Served } from './capability-claims.js';

const cell = (text: string): string => text.replaceAll('|', '\\|');
const code = (text: string | undefined): string => (text === undefined ? '–' : `\`${text}\``);

const servedLine = ({ id, en, zh, screen, route }: Served): string =>
  `| <a id="${id}"></a>${cell(en)}<br>${cell(zh)} | ${code(screen)} | ${code(route)} | \`${id}\` |`;

function chapterPart({ name, title, served, unserved }: Chapter): string {
  const head = ['| what | screen | operation | test |', '|---|---|---|---|'];
  const not = unserved.map(({ en, zh, why }) => `- **${en}** (${zh}): ${why.en} ${why.zh}`);
  return `## ${title.en} · ${title.zh}

Shown by \`test/capabilities/${name}.test.ts\`.

${[...head, ...served.map(servedLine)].join('\n')}
${not.length === 0 ? '' : `\nNot served:\n\n${not.join('\n')}\n`}`;
}

/** The page `docs/capabilities.md`, made from test/capabilities. */
export function capabilityPage(root: string): string {
  const chapters = readChapters(root);
  const rows = chapters.reduce((sum, { served }) => sum + served.length, 0);
  return `# What it does, and the test that shows it

Generated from \`test/capabilities/*.yaml\` by \`npm run docs\`. Every one of these ${rows} rows has a test of its name, which
walks the seeded product over HTTP as its users would; \`npm test\` fails when a row has none, or when it did not run. What
is not served stands below each table, with the reason. \`npm test -- test/capabilities --grep <test>\` runs one.

${chapters.map(chapterPart).join('\n')}`;
}
