// The checks that read the source and run nothing of it. Each is one line of `npm test`.
const bin = (name) => `node_modules/.bin/${name}`;
const SOURCES = ['src', 'test', 'seeds', 'bench', 'scripts', 'portal-kit', 'ormconfig.ts'];

/** `when`: the file or folder without which there is nothing to check yet. */
export const staticChecks = [
  {
    name: 'the domain compiles without a platform (tsconfig.domain.json)',
    args: [bin('tsc'), '-p', 'tsconfig.domain.json'],
  },
  { name: 'the console compiles', args: [bin('tsc'), '-p', 'console'], when: 'console/tsconfig.json' },
  {
    name: 'lint (oxlint, with types)',
    args: [bin('oxlint'), '--type-aware', '--deny-warnings', '--ignore-pattern', 'dist', ...SOURCES],
  },
  { name: 'format (biome)', args: [bin('biome'), 'format'] },
];
