import { problem } from './problem.js';

/** Problems of signing in, people, organisations and permissions. */
export const identityProblems = {
  'sign-in-required': problem(
    401,
    'Sign in first',
    'Send a valid access token or API key.',
    '请先登录',
    '请提供有效的访问令牌或接口密钥。',
  ),
  'invalid-token': problem(401, 'The token is not valid', 'Sign in again.', '令牌无效', '请重新登录。'),
  'invalid-credentials': problem(
    401,
    'Name and password do not fit',
    'Check both and try again.',
    '用户名或密码不正确',
    '请核对后重试。',
  ),
  'account-locked': problem(
    429,
    'Too many failed attempts for this account',
    'Wait as Retry-After says.',
    '该账户尝试次数过多',
    '请按 Retry-After 的提示等待。',
  ),
  forbidden: problem(
    403,
    'Your roles do not allow this',
    'Ask someone whose role names this permission.',
    '您的角色无权执行此操作',
    '请由具有相应权限的人员操作。',
  ),
} as const;
