import { pathToFileURL } from 'node:url';
import { inProject } from '../test/support/project.js';

interface Database {
  readonly url: string;
  stop(): Promise<void>;
}

/** A private server for this run, unless TIERGATE_TEST_MARIADB names one. */
export async function provideDatabase(): Promise<Database | undefined> {
  if (process.env['TIERGATE_TEST_MARIADB']) return undefined;
  const scripts = (await import(pathToFileURL(inProject('scripts/mariadb.mjs')).href)) as {
    findMariaDb(): { program?: string; reason?: string };
    startMariaDb(program: string): Promise<Database>;
  };
  const { program, reason } = scripts.findMariaDb();
  if (program === undefined) {
    console.log(`without MariaDB: ${reason}`);
    return undefined;
  }
  const database = await scripts.startMariaDb(program);
  process.env['TIERGATE_TEST_MARIADB'] = database.url;
  return database;
}
