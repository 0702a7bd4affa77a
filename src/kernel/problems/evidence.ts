import { problem } from './problem.js';

/** Problems of evidence that belongs to an organisation. */
export const evidenceProblems = {
  'evidence-kind': problem(
    422,
    'No condition of this kind asks for evidence',
    'Name a kind of condition that a dataset asks a proof for.',
    '该类开放条件不要求证明材料',
    '请填写要求提交证明的开放条件类型。',
  ),
  'evidence-on-file': problem(
    409,
    'Your organisation has this evidence on file',
    'Use the one linked; withdraw it first if it was filed wrongly.',
    '该证明材料已存档',
    '请直接使用所链接的材料；如填写有误，请先撤回。',
  ),
  'evidence-not-replaceable': problem(
    422,
    'There is no such evidence to renew',
    'Name evidence of the same kind of your organisation that is verified or has lapsed, or leave replaces out.',
    '没有可更新的该项证明材料',
    '请填写本单位同类且已核验或已失效的材料，或不填 replaces。',
  ),
  'evidence-state': problem(
    409,
    'The evidence does not allow this now',
    'Read the evidence; allowedCommands lists what is possible.',
    '证明材料当前状态不允许此操作',
    '请查看该材料的 allowedCommands。',
  ),
  'unknown-evidence': problem(
    422,
    'The evidence is not one of your organisation’s for this condition',
    'Name evidence of GET /api/evidence whose kind is the condition.',
    '证明材料不存在，或与该开放条件不符',
    '请填写 GET /api/evidence 中与该条件同类的材料编号。',
  ),
  'evidence-unverified': problem(
    409,
    'A condition rests on evidence that is not verified',
    'Verify or reject the evidence first; approve without the dataset, or ask the applicant for another proof.',
    '开放条件所依据的证明材料尚未通过核验',
    '请先核验或退回该材料；也可不批准该数据集，或要求申请人另行提供证明。',
  ),
  'evidence-struck-out': problem(
    409,
    'The evidence for this condition was struck out as false',
    'File evidence of your organisation; the grant resumes once it is verified.',
    '该条件的证明材料已被认定为虚假并撤销',
    '请以单位名义提交证明材料，经核验后该权限自动恢复。',
  ),
} as const;
