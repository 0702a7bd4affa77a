import { settingDocs } from '../../src/config/index.js';

const cell = (text: string): string => text.replaceAll('|', '\\|');

/** `docs/configuration.md`: every environment variable, as the configuration class documents it. */
export function configurationPage(): string {
  const rows = settingDocs().map(({ env, says, example }) => `| \`${env}\` | ${cell(says)} | \`${cell(example)}\` |`);
  return `# Configuration

Everything is set by environment variables. They are checked before the server listens; every fault is listed at once, with what to set. Where nothing is said, the variable may be left out.

| variable | what it does | example |
|---|---|---|
${rows.join('\n')}
`;
}
