import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monotonicFactory } from 'ulid';
import { schema } from '../../ormconfig.js';
import { createApp } from '../../src/app.js';
import { loadConfig } from '../../src/config/index.js';
import { createLogger } from '../../src/operations/index.js';
import { capabilityPage } from './capability-page.js';
import { columnsPage } from './columns-page.js';
import { configurationPage } from './configuration-page.js';
import { decisionPlot } from './decision-plot.js';
import { lifecyclePage } from './lifecycle-page.js';
import { permissionPage } from './permission-page.js';
import { problemPage } from './problem-page.js';

/** Every generated page of docs/, by its path in the repository at `root`. */
export async function generatedPages(root: string): Promise<ReadonlyMap<string, string>> {
  const files = mkdtempSync(join(tmpdir(), 'tiergate-docs-'));
  const next = monotonicFactory();
  const app = await createApp({
    config: loadConfig({ DATABASE_URL: 'sqlite::memory:', TIERGATE_FILES: files }),
    schema,
    clock: { now: () => Date.now() },
    ids: { next: () => next() },
    log: createLogger('silent'),
  });
  try {
    const policy = readFileSync(join(root, 'policies', 'routes.csv'), 'utf8');
    return new Map([
      ['docs/problems.md', problemPage()],
      ['docs/capabilities.md', capabilityPage(root)],
      ['docs/columns.md', columnsPage(join(root, 'policies'))],
      ['docs/configuration.md', configurationPage()],
      ...decisionPlot(root),
      ['docs/lifecycle.md', lifecyclePage(join(root, 'policies'))],
      ['docs/permissions.md', permissionPage(policy, app.routes)],
      ['docs/api/openapi.json', `${JSON.stringify(app.document(), null, 2)}\n`],
    ]);
  } finally {
    await app.close();
    rmSync(files, { recursive: true, force: true });
  }
}
