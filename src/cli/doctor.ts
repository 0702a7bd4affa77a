import { existsSync, statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { schema } from '../../ormconfig.js';
import { type Config, ConfigFault, loadConfig, settingDocs } from '../config/index.js';
import { type Text, textIn } from '../kernel/text.js';
import { dayOf } from '../kernel/time.js';
import { believedPacks, databaseRulePackStore, PackSealer } from '../classification/index.js';
import { mailFigures } from '../notifications/index.js';
import { type Database, probe, Reader } from '../persistence/index.js';
import { type Call, CannotRun, EXIT, type Exit } from './command.js';
import { pendingMigrations } from './pending-migrations.js';
import { policiesOf } from './policies-folder.js';
import { withReading } from './product.js';

/** `note`: works, but somebody should know; `bad`: has to be put right. */
interface Finding {
  readonly state: 'ok' | 'note' | 'bad';
  readonly part: string;
  readonly says: Text;
}

const finding = (state: Finding['state'], part: string, en: string, zh: string): Finding => ({
  state,
  part,
  says: { en, zh },
});

function node(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const version = process.versions.node;
  if (major > 20 || (major === 20 && minor >= 19)) return finding('ok', 'node', version, version);
  return finding('bad', 'node', `${version}: install Node 20.19 or later`, `${version}：请安装 Node 20.19 或更高版本`);
}

function settings(call: Call): { config?: Config; findings: Finding[] } {
  try {
    const config = loadConfig(call.environment);
    return { config, findings: [finding('ok', 'settings', `mode ${config.mode}`, `模式 ${config.mode}`)] };
  } catch (error) {
    if (!(error instanceof ConfigFault)) throw error;
    return { findings: error.faults.map((fault) => finding('bad', 'settings', fault, fault)) };
  }
}

/** Variables that the product reads beside its settings, and those of its tests. */
const OTHER_VARIABLES = /^TIERGATE_(LANGUAGE|USERNAME|PASSWORD|ADMIN_PASSWORD|CHROMIUM|MARIADBD|TEST_\w+)$/;

/** A setting that is spelt wrongly would be left out silently. */
function strangers(call: Call): Finding[] {
  const known = new Set(settingDocs().map(({ env }) => env));
  return Object.keys(call.environment)
    .filter((name) => name.startsWith('TIERGATE_') && !known.has(name) && !OTHER_VARIABLES.test(name))
    .map((name) =>
      finding('note', 'settings', `${name} is no setting: see its spelling`, `${name} 不是设置项，请检查拼写`),
    );
}

async function migrations(database: Database): Promise<Finding> {
  const missing = pendingMigrations(await database.appliedMigrations());
  if (missing.length === 0)
    return finding(
      'ok',
      'schema',
      `${schema.migrations.length} migrations applied`,
      `已执行 ${schema.migrations.length} 项迁移`,
    );
  const names = missing.join(', ');
  return finding(
    'note',
    'schema',
    `not applied: ${names}; the next start applies them, or tiergate migrate up`,
    `未执行：${names}；下次启动时自动执行，或运行 tiergate migrate up`,
  );
}

const FAST = 500;

async function databaseFindings(database: Database): Promise<Finding[]> {
  const { flags, clock } = await probe(database);
  const wrong = flags.filter(({ holds }) => !holds);
  const off = clock === null ? 0 : Math.abs(clock - Date.now());
  return [
    finding('ok', 'database', database.description, database.description),
    ...wrong.map(({ name, value, wanted }) =>
      finding(
        'bad',
        'database',
        `${name} is ${value}: set it to ${wanted}, or acknowledged writes can be lost`,
        `${name} 为 ${value}，应设为 ${wanted}，否则已确认的写入可能丢失`,
      ),
    ),
    off > FAST
      ? finding(
          'bad',
          'clock',
          `differs by ${off} ms from the database's: run a time service on both machines`,
          `与数据库时钟相差 ${off} 毫秒：请在两台机器上启用时间同步`,
        )
      : finding('ok', 'clock', new Date().toISOString(), new Date().toISOString()),
    await migrations(database),
  ];
}

/** Published rule packs that the log, the schemas or their seal do not bear out. */
async function rulePacks(call: Call, config: Config, database: Database): Promise<Finding> {
  const missing = pendingMigrations(await database.appliedMigrations());
  if (missing.length > 0) return finding('note', 'packs', 'not looked at before the migrations', '迁移完成后方可检查');
  const sealer = config.secret === undefined ? null : new PackSealer(config.secret);
  const { sound, distrusted } = await database.read((manager) =>
    believedPacks(new Reader(manager, database.dialect, Date.now()), databaseRulePackStore, sealer, policiesOf(call)),
  );
  if (distrusted.length === 0)
    return finding('ok', 'packs', `${sound.size} published here`, `本地发布 ${sound.size} 个`);
  const names = distrusted
    .map(({ pack, number, why, id }) => `${pack === '' ? id : `${pack}/${number}`} (${why})`)
    .join(', ');
  return finding(
    'bad',
    'packs',
    `not believed: ${names}; the last good version is in force: publish the rules anew, and look who edited the database`,
    `不可信：${names}；仍执行上一可信版本：请重新发布，并查明何人改动了数据库`,
  );
}

const HOUR = 3_600_000;

/** Mail that does not get out. */
async function mail(database: Database): Promise<Finding[]> {
  if (pendingMigrations(await database.appliedMigrations()).length > 0) return [];
  const now = Date.now();
  const figures = await database.read((manager) => mailFigures(new Reader(manager, database.dialect, now)));
  const { waiting, failed, oldest, lastError } = figures;
  const hours = oldest === null ? 0 : Math.floor((now - oldest) / HOUR);
  const said = lastError === null ? '' : `: ${lastError}`;
  if (hours >= 1)
    return [
      finding(
        'bad',
        'mail',
        `${waiting} mails wait, the oldest for ${hours} h; see TIERGATE_SMTP_URL and the mail server${said}`,
        `${waiting} 封邮件待发送，最早已等待 ${hours} 小时；请检查 TIERGATE_SMTP_URL 及邮件服务器${said}`,
      ),
    ];
  const state = failed === 0 ? 'ok' : 'note';
  return [
    finding(
      state,
      'mail',
      `${waiting} waiting, ${failed} given up${said}`,
      `待发送 ${waiting} 封，放弃 ${failed} 封${said}`,
    ),
  ];
}

async function databasePart(call: Call, config: Config): Promise<Finding[]> {
  try {
    return await withReading(call, async (database) => [
      ...(await databaseFindings(database)),
      await rulePacks(call, config, database),
      ...(await mail(database)),
    ]);
  } catch (error) {
    const text =
      error instanceof CannotRun ? error.text : { en: (error as Error).message, zh: (error as Error).message };
    return [{ state: 'bad', part: 'database', says: text }];
  }
}

const GIB = 2 ** 30;

async function disk(config: Config): Promise<Finding[]> {
  if (!config.databaseUrl.startsWith('sqlite:')) return [];
  const folder = dirname(config.databaseUrl.slice('sqlite:'.length));
  if (!existsSync(folder)) return [];
  const { bavail, bsize } = await statfs(folder);
  const free = (bavail * bsize) / GIB;
  const amount = `${free.toFixed(1)} GiB`;
  return [
    free < 1
      ? finding(
          'bad',
          'disk',
          `${amount} left in ${folder}: make room before writes fail`,
          `${folder} 仅剩 ${amount}：请在写入失败前腾出空间`,
        )
      : finding('ok', 'disk', `${amount} free`, `剩余 ${amount}`),
  ];
}

function keys(config: Config): Finding[] {
  const file = config.secretFile;
  if (file === undefined)
    return [
      finding(
        'ok',
        'keys',
        config.secret === undefined ? 'demo' : 'TIERGATE_SECRET',
        config.secret === undefined ? '演示' : 'TIERGATE_SECRET',
      ),
    ];
  if (!existsSync(file))
    return [
      finding(
        'bad',
        'keys',
        `${file} is not there: mount it, or set TIERGATE_SECRET`,
        `${file} 不存在：请挂载该文件或设置 TIERGATE_SECRET`,
      ),
    ];
  const open = (statSync(file).mode & 0o077) !== 0;
  return [
    open
      ? finding('bad', 'keys', `${file} can be read by others: chmod 600`, `${file} 可被他人读取：请执行 chmod 600`)
      : finding('ok', 'keys', file, file),
  ];
}

/** The arrangement of a year comes out in the autumn before it; from December on it must be here. */
function calendar(call: Call): Finding {
  const today = dayOf(Date.now());
  const next = Number(today.slice(0, 4)) + 1;
  const file = join('calendars', `cn-${next}.yaml`);
  if (existsSync(join(policiesOf(call), file)))
    return finding('ok', 'calendar', `${next} is here`, `已有 ${next} 年安排`);
  return finding(
    today.slice(5) >= '12-01' ? 'bad' : 'note',
    'calendar',
    `${next} is missing: when the State Council has published it, add policies/${file}; deadlines into ${next} are provisional until then`,
    `缺少 ${next} 年安排：国务院公布后请添加 policies/${file}；在此之前跨入 ${next} 年的期限为暂定`,
  );
}

const MARK = { ok: 'ok  ', note: 'note', bad: 'BAD ' } as const;

function report(call: Call, findings: readonly Finding[]): Exit {
  for (const { state, part, says } of findings)
    call.out(`${MARK[state]}  ${part.padEnd(9)} ${textIn(says, call.language)}`);
  return findings.some(({ state }) => state === 'bad') ? EXIT.found : EXIT.ok;
}

/** Looks at what the product needs to run, and says what to do where something is missing. */
export async function run(call: Call): Promise<Exit> {
  const { config, findings } = settings(call);
  const rest =
    config === undefined ? [] : [...(await databasePart(call, config)), ...(await disk(config)), ...keys(config)];
  return report(call, [node(), ...findings, ...strangers(call), ...rest, calendar(call)]);
}
