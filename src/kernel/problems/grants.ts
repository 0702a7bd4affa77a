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
  'renewal-open': problem(
    409,
    'The grant is being renewed or amended already, or was',
    'Go on with the application that is linked; withdraw it to begin another one.',
    '该权限已在办理续期或变更，或已办结',
    '请继续办理所链接的申请；如需另行申请，请先撤回。',
  ),
  'renewal-too-early': problem(
    422,
    'It is too early to renew the grant',
    'Renew it from the day named in opensOn; amend it where items, members or purpose change now.',
    '尚未到可续期的时间',
    '请自 opensOn 所示日期起续期；如需变更数据项、成员或用途，可申请变更。',
  ),
  'grant-ended': problem(
    409,
    'The grant has ended',
    'Apply for the data anew.',
    '数据使用权限已终止',
    '请重新申请使用数据。',
  ),
  'grant-restrained': problem(
    409,
    'The grant is held or limited',
    'Wait until the measure or what else holds it has ended; its page says what that is.',
    '数据使用权限处于中止或受限状态',
    '请在相关措施或中止原因解除后再办理；原因见该权限页面。',
  ),
  'grant-dataset': problem(
    422,
    'A renewal or an amendment asks for the dataset of its grant',
    'Leave the dataset as it is; apply for other data with an application of its own.',
    '续期或变更仅限原权限的数据集',
    '请保持原数据集不变；其他数据请另行申请。',
  ),
  'deletion-in-future': problem(
    422,
    'The deletion lies in the future',
    'Certify the deletion when it has been done.',
    '删除日期在将来',
    '请在删除完成后提交证明。',
  ),
} as const;
