import { writeFile } from 'node:fs/promises';
import {
  type ClassifyOptions,
  classifyFile,
  classifyTable,
  namesGiven,
  type ReadingAllowance,
  type ReadingProgress,
  renderReport,
  type Report,
  type ServerAddress,
  UnknownName,
} from '../classification/index.js';
import { TIER_WORDS, TIERS, type Tier } from '../kernel/tier.js';
import { type Call, CannotRun, EXIT, type Exit, textOption } from './command.js';
import { secretFor } from './secret.js';

export function tierOption(call: Call, name: string): Tier | undefined {
  const given = textOption(call, name);
  if (given === undefined || (TIERS as readonly string[]).includes(given)) return given as Tier | undefined;
  throw new CannotRun(
    {
      en: `--${name} takes ${TIERS.join(', ')}, not "${given}"`,
      zh: `--${name} 应为 ${TIERS.join('、')}，而不是“${given}”`,
    },
    EXIT.usage,
  );
}

function secondsOption(call: Call): number | undefined {
  const given = textOption(call, 'seconds');
  if (given === undefined || Number(given) > 0) return given === undefined ? undefined : Number(given);
  throw new CannotRun(
    { en: `--seconds takes a number above 0, not "${given}"`, zh: `--seconds 应为大于 0 的数，而不是“${given}”` },
    EXIT.usage,
  );
}

/** Says at every tenth of the way how far the reading is. */
function tellProgress(call: Call): (progress: ReadingProgress) => void {
  let told = '';
  return ({ phase, bytes, of }) => {
    const tenth = `${phase} ${Math.floor((bytes / of) * 10) * 10}`;
    if (tenth === told) return;
    told = tenth;
    const words = { recognising: call.say('recognising', '识别格式'), reading: call.say('reading', '读取') };
    call.tell(`${words[phase]} ${tenth.split(' ')[1]} %`);
  };
}

/** Says what the file is as soon as that stands; its risk takes as long again. */
function tellVerdict(call: Call): (report: { readonly verdict: { readonly tier: Tier } }) => void {
  const began = performance.now();
  return ({ verdict }) => {
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    call.tell(
      call.say(
        `tier and reasons stand after ${seconds} s: ${TIER_WORDS[verdict.tier].en}; measuring risk and advice`,
        `${seconds} 秒后已得出开放类型及理由：${TIER_WORDS[verdict.tier].zh}；正在测算风险与建议`,
      ),
    );
  };
}

function allowanceOf(call: Call): ReadingAllowance {
  const seconds = secondsOption(call);
  return {
    ...(seconds === undefined ? {} : { budget: seconds * 1000 }),
    ...(call.options['progress'] === true ? { progress: tellProgress(call) } : {}),
  };
}

function optionsOf(call: Call): ClassifyOptions {
  const sheet = textOption(call, 'sheet');
  const pack = textOption(call, 'pack');
  const declared = tierOption(call, 'declared');
  const title = textOption(call, 'title');
  const named = textOption(call, 'quasi');
  return {
    ...(named === undefined ? {} : { quasiIdentifiers: namesGiven(named) }),
    ...(pack === undefined ? {} : { pack }),
    ...(declared === undefined ? {} : { declared }),
    ...(title === undefined ? {} : { title }),
    ...(sheet === undefined ? {} : { sheet }),
    allowance: allowanceOf(call),
    ...(call.options['progress'] === true ? { onVerdict: tellVerdict(call) } : {}),
    ...(call.options['no-header'] === true ? { header: false } : {}),
  };
}

/** Writes the recipe of the advice; says so where there is none, and never takes the place of another file. */
async function writeRecipe(call: Call, report: Report, path: string): Promise<void> {
  const [advice] = report.kind === 'assessed' ? report.lowering : [];
  if (advice?.status !== 'lowers') {
    call.tell(call.say('there are no steps to write; no recipe was written', '没有可写出的措施，未生成处理方案'));
    return;
  }
  await writeFile(path, `${JSON.stringify(advice.recipe, null, 2)}\n`, { flag: 'wx' }).catch((error: unknown) => {
    if ((error as { code?: string }).code !== 'EEXIST') throw error;
    throw new CannotRun({ en: `${path} exists already; choose another name`, zh: `${path} 已存在，请换一个名称` });
  });
  call.tell(call.say(`recipe written to ${path}`, `处理方案已写入 ${path}`));
}

const VARIABLE = 'TIERGATE_SOURCE_PASSWORD';

const notUnderstood = (en: string, zh: string): CannotRun => new CannotRun({ en, zh }, EXIT.usage);

/** `mysql://user@host:port/database`; the password comes from elsewhere, because others can list arguments. */
async function addressOf(call: Call, target: string): Promise<ServerAddress> {
  const url = URL.canParse(target) ? new URL(target) : null;
  const database = decodeURIComponent(url?.pathname.slice(1) ?? '');
  if (url === null || url.username === '' || database === '')
    throw notUnderstood(
      'a database is named mysql://<user>@<host>:<port>/<database>',
      '数据库写作 mysql://<用户>@<主机>:<端口>/<数据库>',
    );
  if (url.password !== '')
    throw notUnderstood(
      `leave the password out of the address; set ${VARIABLE}, or type it when asked`,
      `地址中不要写密码；请设置 ${VARIABLE}，或按提示输入`,
    );
  return {
    host: url.hostname,
    port: Number(url.port === '' ? 3306 : url.port),
    user: decodeURIComponent(url.username),
    password: await secretFor(call, VARIABLE),
    database,
  };
}

async function reportOn(call: Call, target: string): Promise<Report> {
  const options = optionsOf(call);
  const table = textOption(call, 'table');
  if (!/^(?:mysql|mariadb):\/\//.test(target)) return classifyFile(target, options);
  if (table === undefined) throw notUnderstood('--table <name> is missing', '缺少 --table <表名>');
  return classifyTable(await addressOf(call, target), table, options);
}

/** The engine on a file or a table of a database where it lies: no server of ours, nothing of its content leaves. */
export async function run(call: Call): Promise<Exit> {
  const report = await reportOn(call, call.positionals[0] ?? '').catch((error: unknown) => {
    throw error instanceof UnknownName ? new CannotRun(error.text, EXIT.usage) : error;
  });
  call.out(call.options['json'] === true ? JSON.stringify(report, null, 2) : renderReport(report, call.language));
  const recipe = textOption(call, 'recipe');
  if (recipe !== undefined) await writeRecipe(call, report, recipe);
  return report.exitCode;
}
