import { problem } from './problem.js';

/** Problems of the classification chapter. */
export const classificationProblems = {
  'state-secret': problem(
    422,
    'This carries a secrecy mark and is refused; nothing of it was kept',
    'Stop, keep it off this system, and call your secrecy officer.',
    '内容带有密级标志，已拒收，系统未保留任何内容',
    '请立即停止处理，并联系本单位保密工作机构。',
  ),
  'assessment-closed': problem(
    409,
    'The assessment has been decided or replaced',
    'Read the dataset for its newest assessment.',
    '该评估已办结或者已被新的评估取代',
    '请查看该数据集最新的评估。',
  ),
  'own-proposal': problem(
    422,
    'Nobody decides on their own proposal',
    'Ask another officer.',
    '不得审核本人提出的建议',
    '请由其他审核人办理。',
  ),
  'nothing-proposed': problem(
    422,
    'The engine abstained, so there is nothing to confirm',
    'Override with the tier you decide on, or return it.',
    '系统未提出建议，无可确认的内容',
    '请另行确定开放类型，或者退回。',
  ),
  'lowering-needs-reason': problem(
    422,
    'Lowering a tier needs a reason and a legal basis',
    'State both.',
    '放宽开放类型须说明理由和法律依据',
    '请补充理由和法律依据。',
  ),
  'reason-required': problem(422, 'State a reason', 'Add a reason.', '请说明理由', '请补充理由。'),
  'tier-unchanged': problem(
    422,
    'The dataset already has this tier',
    'Propose another tier, or leave it.',
    '该数据集已是此开放类型',
    '请提出其他开放类型，或者保持不变。',
  ),
  'unknown-pack': problem(
    422,
    'There is no such rule pack',
    'See GET /api/rule-packs.',
    '没有该规则包',
    '请查看 GET /api/rule-packs。',
  ),
  'unknown-group': problem(
    404,
    'No open assessment belongs to this group',
    'See GET /api/assessments?state=proposed.',
    '没有属于该分组的待审评估',
    '请查看 GET /api/assessments?state=proposed。',
  ),
  'invalid-report': problem(
    422,
    'The report is not one of tiergate classify',
    'Send the JSON that tiergate classify --json wrote, unchanged.',
    '报告不是 tiergate classify 的输出',
    '请原样提交 tiergate classify --json 的输出。',
  ),
} as const;
