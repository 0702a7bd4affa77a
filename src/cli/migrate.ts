import { type Call, CannotRun, EXIT, type Exit } from './command.js';
import { pendingMigrations } from './pending-migrations.js';
import { withDatabase, withReading } from './product.js';
import type { Database } from '../persistence/index.js';

async function up(call: Call, database: Database): Promise<Exit> {
  const done = await database.migrate();
  for (const name of done) call.out(`+ ${name}`);
  call.out(call.say(`${done.length} applied; the schema is up to date`, `已执行 ${done.length} 项，结构为最新`));
  return EXIT.ok;
}

async function down(call: Call, database: Database): Promise<Exit> {
  if (call.options['yes'] !== true)
    throw new CannotRun({
      en: 'taking a migration back drops its tables and what is in them; back up first, then add --yes',
      zh: '回退会删除该迁移建立的表及其数据；请先备份，再加上 --yes',
    });
  const last = (await database.appliedMigrations()).at(-1);
  if (last === undefined) throw new CannotRun({ en: 'there is nothing to take back', zh: '没有可以回退的迁移' });
  await database.undoLastMigration();
  call.out(`- ${last}`);
  return EXIT.ok;
}

async function status(call: Call, database: Database): Promise<Exit> {
  const applied = await database.appliedMigrations();
  const missing = pendingMigrations(applied);
  for (const name of applied) call.out(`= ${name}`);
  for (const name of missing)
    call.out(`  ${name} ${call.say('(not applied: tiergate migrate up)', '（未执行：tiergate migrate up）')}`);
  return missing.length === 0 ? EXIT.ok : EXIT.found;
}

/** Brings the schema forward or back, or says where it is. The server migrates by itself when it starts. */
export async function run(call: Call): Promise<Exit> {
  const [way] = call.positionals;
  if (way === 'up') return withDatabase(call, (database) => up(call, database));
  if (way === 'down') return withDatabase(call, (database) => down(call, database));
  if (way === 'status') return withReading(call, (database) => status(call, database));
  throw new CannotRun({ en: `"${way}" is not up, down or status`, zh: `“${way}”不是 up、down 或 status` }, EXIT.usage);
}
