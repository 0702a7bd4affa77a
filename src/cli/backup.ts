import { existsSync } from 'node:fs';
import { loggedTables, schema } from '../../ormconfig.js';
import { serverAddress } from '../config/index.js';
import { verifyLog } from '../log/index.js';
import { backUpEmbedded, openForReading, Reader } from '../persistence/index.js';
import { type Call, CannotRun, EXIT, type Exit } from './command.js';
import { withCurrent } from './product.js';

/** Servers have a tool of their own; nothing is gained by wrapping it. */
function useTheirTool(url: string): CannotRun {
  const address = serverAddress(url);
  if (typeof address === 'string') throw new Error(address);
  const { host, port, user, database } = address;
  const dump = `mariadb-dump --single-transaction --skip-lock-tables -h ${host} -P ${port} -u ${user} -p ${database}`;
  return new CannotRun({
    en: `this database lies on a server; use its own tool: ${dump} > tiergate.sql (restore: mariadb … < tiergate.sql, then tiergate audit verify)`,
    zh: `数据库在服务器上，请使用其自带工具：${dump} > tiergate.sql（恢复：mariadb … < tiergate.sql，然后运行 tiergate audit verify）`,
  });
}

/** A backup that was never read is a hope: the copy's whole history is verified. */
async function verified(call: Call, target: string): Promise<Exit> {
  const copy = await openForReading(`sqlite:${target}`, schema);
  try {
    const report = await copy.snapshot((manager) =>
      verifyLog(new Reader(manager, copy.dialect, Date.now()), loggedTables),
    );
    const counts = `${report.entries} / ${report.rows}`;
    if (report.faults.length === 0) {
      call.out(
        call.say(`${target}: verified (entries / rows: ${counts})`, `${target}：校验通过（条目 / 记录：${counts}）`),
      );
      return EXIT.ok;
    }
    call.out(
      call.say(
        `${target}: written, but the history does not verify: tiergate audit verify says where`,
        `${target}：已写入，但历史校验未通过，详见 tiergate audit verify`,
      ),
    );
    return EXIT.found;
  } finally {
    await copy.close();
  }
}

/** A copy of the embedded database, also while a server runs. */
export const run = (call: Call): Promise<Exit> =>
  withCurrent(call, async (_database, { databaseUrl }) => {
    const [target = ''] = call.positionals;
    if (!databaseUrl.startsWith('sqlite:')) throw useTheirTool(databaseUrl);
    if (existsSync(target))
      throw new CannotRun({
        en: `${target} is there already: name a new file`,
        zh: `${target} 已存在：请指定新文件`,
      });
    backUpEmbedded(databaseUrl.slice('sqlite:'.length), target);
    return verified(call, target);
  });
