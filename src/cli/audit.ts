import { loggedTables } from '../../ormconfig.js';
import { type AuditFault, verifyLog } from '../log/index.js';
import { Reader } from '../persistence/index.js';
import { type Call, EXIT, type Exit } from './command.js';
import { withCurrent } from './product.js';

/** What a fault means, for the person at the terminal. */
const MEANS: Readonly<Record<AuditFault['kind'], { readonly en: string; readonly zh: string }>> = {
  gap: { en: 'entries are missing from the log', zh: '日志缺少条目' },
  leaf: { en: 'a log entry was edited', zh: '日志条目被篡改' },
  commitment: { en: 'a personal value was edited', zh: '个人信息内容被篡改' },
  head: { en: 'the end of the log was cut off or edited', zh: '日志末尾被截断或篡改' },
  'row-edited': { en: 'a row was edited outside the product', zh: '记录在系统之外被修改' },
  'row-missing': { en: 'a row was deleted outside the product', zh: '记录在系统之外被删除' },
  'row-unknown': { en: 'a row was added outside the product', zh: '记录在系统之外被添加' },
};

function tellFault(call: Call, { kind, where, detail }: AuditFault): void {
  const meaning = MEANS[kind];
  call.out(`${kind}  ${where}: ${call.say(meaning.en, meaning.zh)} (${detail})`);
}

/** Holds the whole history and every row against the log; works while the server runs. */
export const run = (call: Call): Promise<Exit> =>
  withCurrent(call, async (database) => {
    const report = await database.snapshot((manager) =>
      verifyLog(new Reader(manager, database.dialect, Date.now()), loggedTables),
    );
    if (call.options['json'] === true) call.out(JSON.stringify(report, null, 2));
    else {
      for (const fault of report.faults) tellFault(call, fault);
      const counts = `${report.entries} / ${report.rows}`;
      call.out(
        report.faults.length === 0
          ? call.say(`the history verifies (entries / rows: ${counts})`, `历史校验通过（条目 / 记录：${counts}）`)
          : call.say(
              `${report.faults.length} found (entries / rows: ${counts}). What the log does not name is not served; restore the rows from a backup, and find out who has access to the database`,
              `发现 ${report.faults.length} 处（条目 / 记录：${counts}）。与日志不符的记录不会用于放行；请从备份恢复，并查明谁能直接访问数据库`,
            ),
      );
    }
    return report.faults.length === 0 ? EXIT.ok : EXIT.found;
  });
