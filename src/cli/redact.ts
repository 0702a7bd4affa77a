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
import { type Call, CannotRun, EXIT, type Exit, textOption } from './command.js';

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

/** Records that stay in classes that are too small ask a person, whatever the rules say; so do other rules than ours. */
function exitOf({ check, sameRules }: Redacted): number {
  const { risk, exitCode } = check;
  const exposed =
    risk.status === 'assessed' && risk.sets.some(({ figures }) => figures.status === 'assessed' && figures.atRisk > 0);
  return (exposed || !sameRules) && exitCode === VERDICT_EXIT.opened ? VERDICT_EXIT.people : exitCode;
}

function tellResult(call: Call, result: Redacted): void {
  const { rows, withheld, brokenRows, captions, encoding } = result;
  const out = textOption(call, 'out') ?? '';
  call.tell(call.say(`${out}: ${rows} rows in ${encoding}`, `${out}：${rows} 行，编码 ${encoding}`));
  if (withheld > 0) call.tell(call.say(`${withheld} records withheld in part`, `${withheld} 条记录部分隐去`));
  if (captions > 0) call.tell(call.say(`${captions} caption rows were not written`, `${captions} 行标题说明未写出`));
  if (brokenRows > 0)
    call.tell(call.say(`${brokenRows} rows were filled or cut to the header`, `${brokenRows} 行已按表头补齐或截断`));
  if (!result.sameRules)
    call.tell(
      call.say(
        'The recipe was made by other rules than this program has (see Rules below): what counts is the assessment of the result where the recipe comes from',
        '处理方案所依据的规则与本程序的规则不同（见下方“规则”）：以方案来源系统对处理结果的评估为准',
      ),
    );
  call.out(call.options['json'] === true ? JSON.stringify(result, null, 2) : renderReport(result.check, call.language));
}

/** Applies a recipe to a file and checks the result with the whole engine before it gets its name. */
export async function run(call: Call): Promise<Exit> {
  const result = await redacted(call);
  if (result.kind === 'redacted') {
    tellResult(call, result);
    return exitOf(result);
  }
  call.tell(`${result.code} (${result.detail})`);
  call.tell(`  ${textIn(result.remedy, call.language)}`);
  return EXIT.failed;
}
