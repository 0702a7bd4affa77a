// Who may import whom. Each comment says what to do instead; docs/adr/0003 says why.
// test/architecture shows that every rule fires on a planted violation, and counts what was cruised.
const SLICES = [
  'casbin',
  'log',
  'identity',
  'colleagues',
  'catalogue',
  'classification',
  'evidence',
  'applications',
  'grants',
  'supervision',
  'register',
  'decisions',
  'directory',
  'notices',
  'notifications',
  'interop',
  'console',
];

/** Slices that stand side by side: none of them may import another one of the same step. */
const STEPS = [
  ['casbin', 'log', 'identity'],
  ['colleagues'],
  ['catalogue'],
  ['classification'],
  ['evidence'],
  ['applications'],
  ['grants'],
  ['supervision'],
  ['register'],
  ['decisions'],
  ['directory', 'notices', 'notifications', 'interop', 'console'],
];

const anyOf = (names) => `(${names.join('|')})`;
const slice = `^src/${anyOf(SLICES)}/`;
const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

const noArrowsBack = STEPS.slice(1)
  .map((_, index) => ({ upstream: STEPS.slice(0, index + 1).flat(), downstream: STEPS.slice(index + 1).flat() }))
  .map(({ upstream, downstream }) =>
    rule(
      `no-arrow-back-to-${downstream[0]}`,
      'What an upstream slice needs from one further down comes through a port of its own that app.ts fills.',
      { path: `^src/${anyOf(upstream)}/` },
      { path: `^src/${anyOf(downstream)}/` },
    ),
  );

export default {
  forbidden: [
    rule('no-cycles', 'Move what both need to the one further up, or pass it as an argument.', {}, { circular: true }),
    rule(
      'kernel-imports-nothing',
      'The kernel is words and values: what needs a package or a slice belongs to a slice.',
      { path: '^src/kernel/' },
      { pathNot: '^src/kernel/' },
    ),
    rule(
      'domain-is-pure',
      'A domain sees the kernel and itself; facts, time and ids arrive as data from the service.',
      { path: `${slice}domain/` },
      { pathNot: ['^src/$1/domain/', '^src/kernel/'] },
    ),
    rule(
      'slices-meet-at-index',
      "Export what is needed from the other slice's index.ts, its only door.",
      { path: slice },
      { path: slice, pathNot: ['^src/$1/', '^src/[^/]+/index[.]ts$'] },
    ),
    rule(
      'foundation-below-slices',
      'config, persistence and http serve every slice and know none (the route guard uses the door of casbin).',
      { path: '^src/(config|persistence|http)/' },
      { path: `^src/${anyOf(SLICES.filter((name) => name !== 'casbin'))}/` },
    ),
    rule(
      'roots-are-not-imported',
      'app.ts and main.ts compose; nothing in src reaches back into them.',
      { path: '^src/', pathNot: '^src/(main|app|cli/.*|cli)[.]ts$|^src/cli/' },
      { path: '^src/(main|app)[.]ts$' },
    ),
    rule(
      'http-does-not-touch-store',
      'A route calls a service or a query; those know the store.',
      { path: `${slice}http/` },
      { path: '^src/$1/store/' },
    ),
    rule(
      'typeorm-only-in-stores',
      "Put the query into the slice's store/ and call it through the port.",
      { path: '^src/', pathNot: ['/store/', '^src/persistence/'] },
      { path: 'node_modules/typeorm/' },
    ),
    rule(
      'express-only-at-http',
      'Describe a route with query() or command(); only the edge sees Express.',
      { path: '^src/', pathNot: ['/http/', '^src/console/', '^src/(main|app)[.]ts$'] },
      { path: 'node_modules/(@types/)?express/' },
    ),
    rule(
      'casbin-only-in-casbin',
      'Ask through src/casbin/index.ts.',
      { path: '^src/', pathNot: '^src/casbin/' },
      { path: 'node_modules/casbin/' },
    ),
    rule(
      'files-only-in-reader',
      'Open a source through src/classification/reader/open-table.ts and ask the table it gives.',
      { path: '^src/', pathNot: '^src/classification/reader/' },
      { path: 'node_modules/(@duckdb|saxes)/' },
    ),
    rule(
      'exceljs-only-in-workbooks',
      'Describe a sheet and let src/sheets/ write it; sources and worksheets are read by classification/reader/.',
      { path: '^src/', pathNot: '^src/sheets/' },
      { path: 'node_modules/exceljs/' },
    ),
    rule(
      'papers-only-in-sheets',
      'Describe a sheet and let src/sheets/ lay it out.',
      { path: '^src/', pathNot: '^src/sheets/' },
      { path: 'node_modules/(pdfkit|fontkit|linebreak)/' },
    ),
    rule(
      'nodemailer-only-in-mail',
      'Hand a letter to a post office of src/notifications/mail/.',
      { path: '^src/', pathNot: '^src/notifications/mail/' },
      { path: 'node_modules/nodemailer/' },
    ),
    rule(
      'product-does-not-import-tests',
      'What both need belongs to src.',
      { path: '^(src|seeds)/' },
      { path: '^(test|bench)/' },
    ),
    rule(
      'portal-kit-stands-alone',
      'A portal copies the folder: it sees itself and Node.',
      { path: '^portal-kit/' },
      { pathNot: '^portal-kit/', dependencyTypesNot: ['core'] },
    ),
    rule(
      'no-undeclared-package',
      'Add the package to dependencies of package.json, pinned.',
      { path: '^(src|seeds)/' },
      { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown', 'unknown'] },
    ),
    rule('resolvable', 'The file or package does not exist.', {}, { couldNotResolve: true }),
    ...noArrowsBack,
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|console)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
