import { EXPORT_MODEL, exportLines, loadPolicy, readPolicySource, readWorld } from '../decisions/index.js';
import { Reader } from '../persistence/index.js';
import { CannotRun, type Command, EXIT, textOption } from './command.js';
import { policiesOf } from './policies-folder.js';
import { withCurrent } from './product.js';

/** The effective policy of this moment as ordinary Casbin lines, for stock Casbin and for other implementations. */
export const policiesExportCommand: Command = {
  name: 'policies export',
  takes: '[--at <time>] [--model]',
  summary: {
    en: 'write the effective policy as ordinary Casbin lines: who may do what with which dataset, for which purpose',
    zh: '以普通 Casbin 行导出当前有效策略：谁可以出于何种用途对哪个数据集做什么',
  },
  arguments: [0, 0],
  options: {
    at: {
      type: 'string',
      says: { en: 'the instant it holds for (RFC 3339); default: now', zh: '所对应的时刻，默认为现在' },
    },
    model: {
      type: 'boolean',
      says: { en: 'write the Casbin model of the lines instead', zh: '改为输出对应的 Casbin 模型' },
    },
  },
  async run(call) {
    if (call.options['model'] === true) {
      call.out(EXPORT_MODEL.trimEnd());
      return EXIT.ok;
    }
    const given = textOption(call, 'at');
    const at = given === undefined ? Date.now() : Date.parse(given);
    if (Number.isNaN(at)) throw new CannotRun({ en: `not a time: ${given}`, zh: `不是有效时间：${given}` }, EXIT.usage);
    const loaded = await loadPolicy(await readPolicySource(policiesOf(call)));
    if ('faults' in loaded)
      throw new CannotRun({ en: loaded.faults.join('\n'), zh: loaded.faults.join('\n') }, EXIT.found);
    return withCurrent(call, async (database) => {
      const world = await readWorld((work) =>
        database.snapshot((manager) => work(new Reader(manager, database.dialect, at))),
      );
      for (const line of exportLines(world, loaded.policy, at)) call.out(line);
      return EXIT.ok;
    });
  },
};
