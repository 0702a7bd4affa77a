import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { projectFiles, projectRoot } from '../support/project.js';
import { importRules, judgeImports } from './cruise.js';

/** One planted breach per rule: the file that breaks it, and what it needs around it. */
const PLANTED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'no-cycles': {
    'src/grants/ring-a.ts': "import { b } from './ring-b.js'; export const a = () => b;",
    'src/grants/ring-b.ts': "import { a } from './ring-a.js'; export const b = () => a;",
  },
  'kernel-imports-nothing': {
    'src/kernel/spoilt.ts': "import { readFileSync } from 'node:fs'; export { readFileSync };",
  },
  'domain-is-pure': { 'src/grants/domain/spoilt.ts': "import { thing } from '../thing.js'; export { thing };" },
  'slices-meet-at-index': { 'src/grants/peeks.ts': "import { thing } from '../identity/thing.js'; export { thing };" },
  'foundation-below-slices': {
    'src/persistence/knows.ts': "import { thing } from '../identity/index.js'; export { thing };",
  },
  'roots-are-not-imported': { 'src/grants/reaches.ts': "import { app } from '../app.js'; export { app };" },
  'http-does-not-touch-store': {
    'src/grants/http/shortcut.ts': "import { rows } from '../store/rows.js'; export { rows };",
  },
  'typeorm-only-in-stores': {
    'src/grants/queries.ts': "import type { EntityManager } from 'typeorm'; export type E = EntityManager;",
  },
  'express-only-at-http': {
    'src/grants/serves.ts': "import type { Request } from 'express'; export type R = Request;",
  },
  'casbin-only-in-casbin': { 'src/grants/asks.ts': "import { newEnforcer } from 'casbin'; export { newEnforcer };" },
  'files-only-in-reader': {
    'src/classification/measures.ts':
      "import type { DuckDBConnection } from '@duckdb/node-api'; export type C = DuckDBConnection;",
  },
  'exceljs-only-in-workbooks': {
    'src/classification/reader/sheets.ts': "import type { Workbook } from 'exceljs'; export type W = Workbook;",
  },
  'papers-only-in-sheets': {
    'src/catalogue/printed.ts': "import PDFDocument from 'pdfkit'; export const print = () => new PDFDocument();",
  },
  'nodemailer-only-in-mail': {
    'src/grants/mailed.ts': "import { createTransport } from 'nodemailer'; export const post = createTransport;",
  },
  'product-does-not-import-tests': {
    'src/grants/tested.ts': "import { fake } from '../../test/fake.js'; export { fake };",
  },
  'portal-kit-stands-alone': {
    'portal-kit/reaches.ts': "import { thing } from '../src/grants/thing.js'; export { thing };",
  },
  'no-undeclared-package': { 'src/grants/dev.ts': "import { expect } from 'chai'; export { expect };" },
  resolvable: { 'src/grants/lost.ts': "import { gone } from './gone.js'; export { gone };" },
  'no-arrow-back-to-colleagues': {
    'src/identity/back.ts': "import { thing } from '../colleagues/index.js'; export { thing };",
  },
  'no-arrow-back-to-catalogue': {
    'src/colleagues/back.ts': "import { thing } from '../catalogue/index.js'; export { thing };",
  },
  'no-arrow-back-to-classification': {
    'src/catalogue/back.ts': "import { thing } from '../classification/index.js'; export { thing };",
  },
  'no-arrow-back-to-applications': {
    'src/evidence/back.ts': "import { thing } from '../applications/index.js'; export { thing };",
  },
  'no-arrow-back-to-evidence': {
    'src/classification/back.ts': "import { thing } from '../evidence/index.js'; export { thing };",
  },
  'no-arrow-back-to-grants': {
    'src/applications/back.ts': "import { thing } from '../grants/index.js'; export { thing };",
  },
  'no-arrow-back-to-supervision': {
    'src/grants/back.ts': "import { thing } from '../supervision/index.js'; export { thing };",
  },
  'no-arrow-back-to-register': {
    'src/supervision/forth.ts': "import { thing } from '../register/index.js'; export { thing };",
    'src/register/index.ts': 'export const thing = 1;',
  },
  'no-arrow-back-to-decisions': {
    'src/supervision/back.ts': "import { thing } from '../decisions/index.js'; export { thing };",
  },
  'no-arrow-back-to-directory': {
    'src/decisions/back.ts': "import { thing } from '../directory/index.js'; export { thing };",
  },
};

const DOORS = [
  'identity',
  'colleagues',
  'catalogue',
  'classification',
  'evidence',
  'applications',
  'grants',
  'supervision',
  'decisions',
  'directory',
];
const SOUND: Readonly<Record<string, string>> = {
  'src/app.ts': 'export const app = 1;',
  'test/fake.ts': 'export const fake = 1;',
  'src/grants/store/rows.ts': "import type { EntityManager } from 'typeorm'; export const rows: EntityManager[] = [];",
  'src/grants/thing.ts': 'export const thing = 1;',
  'src/identity/thing.ts': 'export const thing = 1;',
  ...Object.fromEntries(DOORS.map((door) => [`src/${door}/index.ts`, 'export const thing = 1;'])),
};

function plant(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

describe('import rules', function () {
  this.timeout(240_000);

  it('hold, and every source file was looked at', async () => {
    const folders = ['src', 'seeds', 'bench', 'portal-kit', 'test'].filter((name) => projectFiles(name).length > 0);
    const { modules, summary } = await judgeImports(projectRoot, folders);
    expect(summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).to.deep.equal([]);
    const cruised = new Set(modules.map(({ source }) => source));
    const missed = folders.flatMap((folder) => projectFiles(folder, '.ts')).filter((file) => !cruised.has(file));
    expect(missed).to.deep.equal([]);
    expect(summary.totalCruised).to.be.greaterThan(50);
  });

  describe('fire on a planted breach', () => {
    let folder: string;
    const fired = new Map<string, Set<string>>();

    before(async () => {
      folder = mkdtempSync(join(tmpdir(), 'tiergate-planted-'));
      writeFileSync(join(folder, 'package.json'), readFileSync(join(projectRoot, 'package.json')));
      symlinkSync(join(projectRoot, 'node_modules'), join(folder, 'node_modules'));
      plant(folder, SOUND);
      for (const files of Object.values(PLANTED)) plant(folder, files);
      const { summary } = await judgeImports(folder, ['src', 'portal-kit', 'test']);
      for (const { rule, from } of summary.violations) {
        fired.set(rule.name, (fired.get(rule.name) ?? new Set()).add(from));
      }
    });

    after(() => rmSync(folder, { recursive: true, force: true }));

    it('has a planted breach for every rule', async () => {
      const { forbidden } = await importRules();
      expect(Object.keys(PLANTED)).to.have.members(forbidden.map(({ name }) => name));
    });

    for (const [rule, files] of Object.entries(PLANTED)) {
      it(rule, () => {
        const [breaker = ''] = Object.keys(files);
        expect([...(fired.get(rule) ?? [])]).to.include(breaker);
      });
    }

    it('stays silent on what is sound', () => {
      const accused = [...fired.values()].flatMap((files) => [...files]);
      expect(accused.filter((file) => file in SOUND)).to.deep.equal([]);
    });
  });
});
