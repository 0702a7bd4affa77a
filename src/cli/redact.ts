import {
  EXIT as VERDICT_EXIT,
  readRecipe,
  REDACT_REFUSALS,
  redactFile,
  type RedactOptions,
  type Redacted,
  type RedactRefusal,
  renderReport,
} from '../classification/index.js';
import { textIn } from '../kernel/text.js';
import { tierOption } from './classify.js';
import { type Call, CannotRun, type Command, EXIT, textOption } from './command.js';

function optionsOf(call: Call): RedactOptions {
  const encoding = textOption(call, 'encoding') ?? 'same';
  if (encoding !== 'same' && encoding !== 'utf-8')
    throw new CannotRun({ en: '--encoding takes same or utf-8', zh: '--encoding 应为 same 或 utf-8' }, EXIT.usage);
  const declared = tierOption(call, 'declared');
  const title = textOption(call, 'title');
  const sheet = textOption(call, 'sheet');
  return {
    encoding,
    otherFile: call.options['other-file'] === true,
    ...(declared === undefined ? {} : { declared }),
    ...(title === undefined ? {} : { title }),
    ...(sheet === undefined ? {} : { sheet }),
    ...(call.options['no-header'] === true ? { header: false } : {}),
  };
}

function needed(call: Call, name: 'recipe' | 'out'): string {
  const given = textOption(call, name);
  if (given !== undefined) return given;
  throw new CannotRun({ en: `--${name} is needed`, zh: `缺少 --${name}` }, EXIT.usage);
}

async function redacted(call: Call): Promise<Redacted | RedactRefusal> {
  const [recipePath, out, options] = [needed(call, 'recipe'), needed(call, 'out'), optionsOf(call)];
  const recipe = await readRecipe(recipePath);
  const fault = recipe === null ? 'recipe-missing' : 'fault' in recipe ? recipe.fault : null;
  if (recipe === null || 'fault' in recipe) {
    const code = fault ?? 'recipe-missing';
    return { kind: 'refused', code, detail: recipe?.detail ?? recipePath, remedy: REDACT_REFUSALS[code] };
  }
  return redactFile(call.positionals[0] ?? '', recipe, out, options);
}

/** Records that stay in classes that are too small ask a person, whatever the rules say. */
function exitOf({ check }: Redacted): number {
  const { risk, exitCode } = check;
  const exposed =
    risk.status === 'assessed' && risk.sets.some(({ figures }) => figures.status === 'assessed' && figures.atRisk > 0);
  return exposed && exitCode === VERDICT_EXIT.opened ? VERDICT_EXIT.people : exitCode;
}

function tellResult(call: Call, result: Redacted): void {
  const { rows, withheld, brokenRows, captions, encoding } = result;
  const out = textOption(call, 'out') ?? '';
  call.tell(call.say(`${out}: ${rows} rows in ${encoding}`, `${out}：${rows} 行，编码 ${encoding}`));
  if (withheld > 0) call.tell(call.say(`${withheld} records withheld in part`, `${withheld} 条记录部分隐去`));
  if (captions > 0) call.tell(call.say(`${captions} caption rows were not written`, `${captions} 行标题说明未写出`));
  if (brokenRows > 0)
    call.tell(call.say(`${brokenRows} rows were filled or cut to the header`, `${brokenRows} 行已按表头补齐或截断`));
  call.out(call.options['json'] === true ? JSON.stringify(result, null, 2) : renderReport(result.check, call.language));
}

/** Applies a recipe to a file and checks the result with the whole engine before it gets its name. */
export const redactCommand: Command = {
  name: 'redact',
  takes:
    '<file> --recipe <file> --out <file> [--declared <tier>] [--title <text>] [--sheet <name>] [--encoding same|utf-8] [--other-file] [--no-header] [--json]',
  summary: {
    en: 'apply the steps of a recipe to a file, write a new CSV and judge it again; exits as classify does',
    zh: '按处理方案处理文件，写出新的 CSV 并再次评估；退出码同 classify',
  },
  arguments: [1, 1],
  options: {
    recipe: { type: 'string', says: { en: 'what classify --recipe wrote', zh: 'classify --recipe 生成的处理方案' } },
    out: { type: 'string', says: { en: 'the new file; it must not exist yet', zh: '输出文件，不得已存在' } },
    declared: {
      type: 'string',
      says: { en: 'the tier its publisher means to give the result', zh: '处理结果的拟定开放类型' },
    },
    title: {
      type: 'string',
      says: { en: 'title of the table; default: the name of the file', zh: '数据标题，默认为原文件名' },
    },
    sheet: { type: 'string', says: { en: 'the only sheet of a workbook', zh: '工作簿中的唯一工作表' } },
    encoding: {
      type: 'string',
      says: { en: 'same (default) or utf-8', zh: '编码：same（默认，与原文件相同）或 utf-8' },
    },
    'other-file': {
      type: 'boolean',
      says: { en: 'the recipe was made for another file with these columns', zh: '明示该方案是为另一个同列文件生成的' },
    },
    'no-header': { type: 'boolean', says: { en: 'the first line is data already', zh: '首行即为数据' } },
    json: { type: 'boolean', says: { en: 'the result and its report as JSON', zh: '以 JSON 输出结果和评估报告' } },
  },
  async run(call) {
    const result = await redacted(call);
    if (result.kind === 'redacted') {
      tellResult(call, result);
      return exitOf(result);
    }
    call.tell(`${result.code} (${result.detail})`);
    call.tell(`  ${textIn(result.remedy, call.language)}`);
    return EXIT.failed;
  },
};
