import { type ClassifyOptions, classifyFile, EXIT as VERDICT_EXIT, renderReport } from '../classification/index.js';
import { TIERS, type Tier } from '../kernel/tier.js';
import { type Call, CannotRun, type Command, EXIT, textOption } from './command.js';

function tierOption(call: Call, name: string): Tier | undefined {
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

function optionsOf(call: Call): ClassifyOptions {
  const pack = textOption(call, 'pack');
  const declared = tierOption(call, 'declared');
  const title = textOption(call, 'title');
  return {
    ...(pack === undefined ? {} : { pack }),
    ...(declared === undefined ? {} : { declared }),
    ...(title === undefined ? {} : { title }),
    ...(call.options['no-header'] === true ? { header: false } : {}),
  };
}

/** The engine on a file where it lies: no server, no database, nothing of its content leaves. */
export const classifyCommand: Command = {
  name: 'classify',
  takes: '<file> [--declared <tier>] [--pack <pack>] [--title <text>] [--no-header] [--json]',
  summary: {
    en: `judge a CSV or TSV file where it lies; exits ${VERDICT_EXIT.opened} open or on conditions, ${VERDICT_EXIT.restricted} not open, ${VERDICT_EXIT.people} a person has to look, ${VERDICT_EXIT.refused} not assessed`,
    zh: `就地评估 CSV 或 TSV 文件；退出码 ${VERDICT_EXIT.opened} 可开放，${VERDICT_EXIT.restricted} 非开放，${VERDICT_EXIT.people} 须人工审核，${VERDICT_EXIT.refused} 未评估`,
  },
  arguments: [1, 1],
  options: {
    declared: {
      type: 'string',
      says: {
        en: 'the tier its publisher means to give it: open, conditional, restricted',
        zh: '拟定开放类型：open、conditional、restricted',
      },
    },
    pack: { type: 'string', says: { en: 'rule pack (default cn-shanghai)', zh: '规则包（默认 cn-shanghai）' } },
    title: { type: 'string', says: { en: 'title of the table; default: its name', zh: '数据标题，默认为文件名' } },
    'no-header': { type: 'boolean', says: { en: 'the first line is data already', zh: '首行即为数据' } },
    json: { type: 'boolean', says: { en: 'the whole report as JSON', zh: '以 JSON 输出完整报告' } },
  },
  async run(call) {
    const report = await classifyFile(call.positionals[0] ?? '', optionsOf(call)).catch((error: unknown) => {
      if (error instanceof RangeError) throw new CannotRun({ en: error.message, zh: error.message }, EXIT.usage);
      throw error;
    });
    call.out(call.options['json'] === true ? JSON.stringify(report, null, 2) : renderReport(report, call.language));
    return report.exitCode;
  },
};
