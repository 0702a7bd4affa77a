import { readFile } from 'node:fs/promises';
import {
  judgeCase,
  loadPolicy,
  type JudgedCase,
  readOperatorCases,
  readPolicySource,
  readWorld,
} from '../decisions/index.js';
import { Reader } from '../persistence/index.js';
import { type Call, CannotRun, EXIT, type Exit } from './command.js';
import { policiesOf } from './policies-folder.js';
import { withCurrent } from './product.js';

/** An operator's own cases: the policies of the folder, over the data of this moment. */
export async function runCases(call: Call, path: string): Promise<Exit> {
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw new CannotRun({ en: `cannot read ${path}: ${error.message}`, zh: `无法读取 ${path}：${error.message}` });
  });
  const read = readOperatorCases(text);
  if ('faults' in read) throw new CannotRun(same(read.faults), EXIT.usage);
  const loaded = await loadPolicy(await readPolicySource(policiesOf(call)));
  if ('faults' in loaded) throw new CannotRun(same(loaded.faults), EXIT.found);
  return withCurrent(call, async (database) => {
    const now = Date.now();
    const world = await readWorld((work) =>
      database.snapshot((manager) => work(new Reader(manager, database.dialect, now))),
    );
    const judged = read.cases.map((one) => judgeCase(one, world, loaded.policy, now));
    for (const line of tableOf(call, judged)) call.out(line);
    const failing = judged.filter(({ holds }) => !holds).length;
    call.tell(
      call.say(
        `${judged.length} cases, ${failing} not as expected`,
        `共 ${judged.length} 个用例，${failing} 个与预期不符`,
      ),
    );
    return failing === 0 ? EXIT.ok : EXIT.found;
  });
}

const same = (faults: readonly string[]) => ({ en: faults.join('\n'), zh: faults.join('\n') });

/** Columns as wide as their longest cell; a Chinese character takes two places. */
function tableOf(call: Call, judged: readonly JudgedCase[]): string[] {
  const head = [
    '',
    call.say('case', '用例'),
    call.say('expected', '预期'),
    call.say('answer', '判定'),
    call.say('row', '规则行'),
  ];
  const rows = [head, ...judged.map((one) => [one.holds ? 'ok' : 'BAD', one.name, one.expected, one.answer, one.row])];
  const widths = head.map((_, column) => Math.max(...rows.map((row) => widthOf(row[column] ?? ''))));
  return rows.map((row) =>
    row
      .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - widthOf(cell)))
      .join('  ')
      .trimEnd(),
  );
}

const widthOf = (text: string): number =>
  [...text].reduce(
    (width, char) => width + (/[\u1100-\u115f\u2e80-\u9fff\uac00-\ud7a3\uff00-\uff60]/.test(char) ? 2 : 1),
    0,
  );
