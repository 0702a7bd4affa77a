import { type Problem, problems } from '../../src/kernel/problems/index.js';

const row = ([code, { status, title, remedy }]: [string, Problem]): string =>
  `| \`${code}\` | ${status} | ${title.en} | ${remedy.en} | ${title.zh} | ${remedy.zh} |`;

/** `docs/problems.md`: every code that an answer may carry, by status and name. */
export function problemPage(): string {
  const rows = Object.entries(problems as Record<string, Problem>)
    .sort(([a, left], [b, right]) => left.status - right.status || (a < b ? -1 : 1))
    .map(row);
  return `# Problems · 问题代码

Every error answer is \`application/problem+json\` (RFC 9457) with one of these codes in \`code\`; \`type\` is \`/problems/<code>\`, a page that the product serves.

| code | status | title | what to do | 标题 | 处理办法 |
|---|---|---|---|---|---|
${rows.join('\n')}
`;
}
