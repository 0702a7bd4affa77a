import { problem } from './problem.js';

/** Problems of the decisions chapter. */
export const decisionProblems = {
  'not-your-subject': problem(
    403,
    'You may not ask about this subject',
    'A portal asks about subjects it is registered for, a person about themselves.',
    '您无权查询该访问主体',
    '门户只能查询其登记服务的主体，个人只能查询本人。',
  ),
  'batch-too-large': problem(
    400,
    'The batch has too many evaluations',
    'Send at most 1,000 evaluations in one request.',
    '批量请求的判定项过多',
    '每次请求最多 1000 项。',
  ),
} as const;
