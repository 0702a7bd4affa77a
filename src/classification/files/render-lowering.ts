import type { Language } from '../../kernel/text.js';
import { TIER_WORDS } from '../../kernel/tier.js';
import type { BeforeAfter, Lowering, Lowers, NoLowering } from '../domain/lowering/lowering.js';
import type { Coarser, Step } from '../domain/lowering/steps.js';
import type { Figures, NotAssessed, Risk } from '../domain/risk/risk.js';

export const REASONS: Readonly<Record<Language, Readonly<Record<NotAssessed['reason'], string>>>> = {
  en: {
    'no-content': 'no content was read',
    'no-quasi-identifiers': 'no column was recognised that singles people out together with others',
    'no-records': 'there are no records',
    'nothing-shared': 'no column is shared',
    'same-file': 'both are the same file',
    'all-suppressed': 'every record is withheld',
    'too-many-columns': 'too many columns',
    'unknown-column': 'a column is unknown',
    'time-up': 'the time given was spent',
    cancelled: 'it was stopped',
    'out-of-memory': 'the memory given was spent',
    changed: 'the file changed meanwhile',
  },
  zh: {
    'no-content': '未读取内容',
    'no-quasi-identifiers': '未识别出准标识列',
    'no-records': '没有记录',
    'nothing-shared': '没有共有的列',
    'same-file': '两者为同一文件',
    'all-suppressed': '全部记录均已隐去',
    'too-many-columns': '列数过多',
    'unknown-column': '有未知的列',
    'time-up': '超出时限',
    cancelled: '已停止',
    'out-of-memory': '超出内存上限',
    changed: '文件在评估期间发生变化',
  },
};

const NONE: Readonly<Record<Language, Readonly<Record<NoLowering['reason'], string>>>> = {
  en: {
    'whole-record': 'the ground is not in any column; changing columns does not lift it',
    'still-demanded': 'the rules still demand it after every step that was tried',
    'nothing-left': 'every column would have to go',
    'not-measured': 'it could not be measured',
  },
  zh: {
    'whole-record': '依据不在任何一列，处理列不能消除',
    'still-demanded': '尝试各项措施后，规则仍要求该类型',
    'nothing-left': '须去除全部列',
    'not-measured': '未能测算',
  },
};

const percent = (share: number): string => `${(share * 100).toFixed(share > 0 && share < 0.01 ? 2 : 1)} %`;

function coarserText(to: Coarser, zh: boolean): string {
  switch (to.by) {
    case 'year':
      return zh ? '只保留年份' : 'the year only';
    case 'decade':
      return zh ? '只保留年代' : 'the decade only';
    case 'band':
      return zh ? `按每 ${to.width} 分段` : `bands of ${to.width}`;
    case 'prefix':
      return zh ? `只保留前 ${to.length} 个字符` : `the first ${to.length} characters only`;
    default:
      return to satisfies never;
  }
}

/** One step as an instruction. */
export function stepText(step: Step, language: Language): string {
  const zh = language === 'zh';
  switch (step.kind) {
    case 'drop':
      return zh ? `去除：${step.column}` : `drop ${step.column}`;
    case 'mask':
      return zh
        ? `遮盖：${step.column}（保留前 ${step.first}、后 ${step.last} 个字符）`
        : `mask ${step.column} (keep the first ${step.first} and last ${step.last} characters)`;
    case 'generalise':
      return `${zh ? '泛化：' : 'generalise '}${step.column}${zh ? '，' : ': '}${coarserText(step.to, zh)}`;
    case 'withhold':
      return zh
        ? `隐去：${step.columns.join('、')} 的组合少于 ${step.least} 条的记录，以 * 代替`
        : `withhold (*) ${step.columns.join(', ')} where fewer than ${step.least} records share them`;
    default:
      return step satisfies never;
  }
}

const kOf = (figures: Figures | NotAssessed): string => (figures.status === 'assessed' ? `${figures.k}` : '–');
const aloneOf = ({ figures }: BeforeAfter): string =>
  figures.status === 'assessed' ? percent(figures.uniqueness) : '–';

function lowersLines(advice: Lowers, language: Language): string[] {
  const zh = language === 'zh';
  const { before, after, remaining } = advice;
  const columns = before.columns.join(zh ? '、' : ', ');
  const withheld =
    advice.withheld > 0 ? [`  ${zh ? '隐去的记录' : 'records withheld'}: ${percent(advice.withheld)}`] : [];
  const measured =
    before.columns.length === 0
      ? []
      : [
          `  k (${columns}): ${kOf(before.figures)} → ${kOf(after.figures)}; ${zh ? '唯一记录' : 'alone'}: ${aloneOf(before)} → ${aloneOf(after)}`,
        ];
  const left = remaining.map(({ rule, items }) => (items.length === 0 ? rule : `${rule} (${items.join(', ')})`));
  return [
    `${zh ? '可使规则要求降为' : 'Steps after which the rules demand'} ${TIER_WORDS[advice.to][language]}:`,
    ...advice.steps.map((step, index) => `  ${index + 1}. ${stepText(step, language)}`),
    ...measured,
    ...withheld,
    `  ${zh ? '保留的信息' : 'information kept'}: ${percent(advice.informationKept)}`,
    ...(left.length === 0 ? [] : [`  ${zh ? '仍须人工查看' : 'still for a person to look at'}: ${left.join('; ')}`]),
    zh
      ? '  已在数据上验证。去标识化后仍属个人信息；是否降低由审核人评估后决定。'
      : '  Tried on the data. De-identified is still personal: a person evaluates the result and decides.',
  ];
}

function noneLines({ from, reason, detail, remaining }: NoLowering, language: Language): string[] {
  const why = detail === undefined ? NONE[language][reason] : `${NONE[language][reason]}: ${REASONS[language][detail]}`;
  const grounds = [...new Set(remaining.map(({ rule }) => rule))].join(', ');
  const head = language === 'zh' ? '没有可合法降低的措施' : 'No steps lower it lawfully';
  return [`${head} (${TIER_WORDS[from][language]}): ${why}`, ...(grounds === '' ? [] : [`  ${grounds}`])];
}

/** How far the table singles people out, in one line. */
function riskLines(risk: Risk, language: Language): string[] {
  const head = language === 'zh' ? '重识别风险' : 'Re-identification';
  if (risk.status !== 'assessed')
    return [`${head}: ${language === 'zh' ? '未评估' : 'not assessed'} (${REASONS[language][risk.reason]})`];
  return risk.sets.map(({ columns, figures }) => {
    const names = columns.join(language === 'zh' ? '、' : ', ');
    if (figures.status !== 'assessed') return `${head} (${names}): ${REASONS[language][figures.reason]}`;
    const alone = language === 'zh' ? '的记录唯一' : 'of records are alone';
    return `${head} (${names}): k = ${figures.k}, ${percent(figures.uniqueness)} ${alone}`;
  });
}

/** Risk and advice as a person reads them on a terminal. */
export const adviceLines = (risk: Risk, lowering: readonly Lowering[], language: Language): string[] => [
  ...riskLines(risk, language),
  ...lowering.flatMap((advice) =>
    advice.status === 'lowers' ? lowersLines(advice, language) : noneLines(advice, language),
  ),
];
