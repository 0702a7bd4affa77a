import { basename } from 'node:path';
import { fuseFiles, renderFusion } from '../classification/index.js';
import { type Call, CannotRun, type Command, EXIT, textOption } from './command.js';

/** `birth=出生日期,district`: pairs of columns that hold the same; one name stands for both. */
function pairsOf(call: Call): (readonly [string, string])[] | undefined {
  return textOption(call, 'on')
    ?.split(/[,，]/)
    .map((pair) => {
      const [first = '', second = first] = pair.split('=');
      return [first, second] as const;
    });
}

/** What two files tell together, where they lie; nothing of their content leaves. */
export const fuseCommand: Command = {
  name: 'fuse',
  takes: '<file> <file> [--on <column>[=<column>],…] [--json]',
  summary: {
    en: `say whether two files together single people out; exits ${EXIT.ok} no more than by chance, ${EXIT.found} they do, ${EXIT.failed} not assessed`,
    zh: `评估两个文件合并后能否指向单个人；退出码 ${EXIT.ok} 未超出偶然，${EXIT.found} 能，${EXIT.failed} 未评估`,
  },
  arguments: [2, 2],
  options: {
    on: {
      type: 'string',
      says: {
        en: 'columns that hold the same; default: those with the same name or the same values',
        zh: '含义相同的列；默认为列名或取值相同的列',
      },
    },
    json: { type: 'boolean', says: { en: 'the figures as JSON', zh: '以 JSON 输出' } },
  },
  async run(call) {
    const [first = '', second = ''] = call.positionals;
    const on = pairsOf(call);
    const fusion = await fuseFiles([first, second], on === undefined ? {} : { on });
    if (fusion.status === 'refused') {
      const { code, detail } = fusion.fault;
      const file = fusion.file === 1 ? first : second;
      throw new CannotRun({ en: `${file}: ${code} (${detail})`, zh: `${file}：${code}（${detail}）` });
    }
    const names = [basename(first), basename(second)] as const;
    call.out(
      call.options['json'] === true ? JSON.stringify(fusion, null, 2) : renderFusion(fusion, names, call.language),
    );
    if (fusion.status !== 'assessed') return EXIT.failed;
    return fusion.links ? EXIT.found : EXIT.ok;
  },
};
