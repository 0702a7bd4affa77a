import { problem } from './problem.js';

/** Problems of the grants chapter. */
export const grantProblems = {
  'grant-state': problem(
    409,
    'The grant does not allow this now',
    'Read the grant; allowedCommands lists what is possible.',
    '数据使用权限当前状态不允许此操作',
    '请查看该权限的 allowedCommands。',
  ),
  'grant-until-past': problem(
    422,
    'The end of the measure lies in the past',
    'Name an instant after now, or none.',
    '措施的截止时间已过',
    '请填写将来的时间，或不填。',
  ),
  'limit-not-narrower': problem(
    422,
    'The limit does not cut anything down',
    'Name a smaller quota or another delivery.',
    '限制未缩小使用范围',
    '请填写更小的额度或其他交付方式。',
  ),
  'unknown-condition': problem(
    422,
    'The grant does not rest on this condition',
    'Name one of the conditions the grant lists.',
    '该权限不含此开放条件',
    '请填写该权限所列的开放条件。',
  ),
  'evidence-lapsed': problem(
    422,
    'The evidence is no longer valid',
    'Submit a proof that is valid today.',
    '证明材料已过有效期',
    '请提交当前有效的证明材料。',
  ),
  'deletion-in-future': problem(
    422,
    'The deletion lies in the future',
    'Certify the deletion when it has been done.',
    '删除日期在将来',
    '请在删除完成后提交证明。',
  ),
} as const;
