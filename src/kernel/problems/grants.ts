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
} as const;
