import { problem } from './problem.js';

/** Problems of the supervision chapter. */
export const supervisionProblems = {
  'unknown-grant': problem(
    422,
    'The grant is not known',
    'Name a grant you can see by its id.',
    '数据使用权限不存在',
    '请填写您可见的数据使用权限编号。',
  ),
  'unknown-organisation': problem(
    422,
    'The organisation is not known',
    'Name the organisation by its id.',
    '组织不存在',
    '请填写组织编号。',
  ),
  'violation-state': problem(
    409,
    'The violation does not allow this now',
    'Read the violation; allowedCommands lists what is possible.',
    '违规事项当前状态不允许此操作',
    '请查看该事项的 allowedCommands。',
  ),
  'not-heard': problem(
    409,
    'The organisation has not been heard yet',
    'Wait for its reply, or for the end of the hearing.',
    '尚未听取当事组织的陈述',
    '请等待其陈述，或陈述期限届满。',
  ),
  'organisation-concerned': problem(
    403,
    'You belong to the organisation concerned',
    'Leave the decision to somebody of another organisation.',
    '您属于当事组织',
    '请由其他组织的人员作出决定。',
  ),
  'measure-not-on-ladder': problem(
    422,
    'This measure cannot follow this violation',
    'Choose a measure between lowest and highest, harder than the one before.',
    '该违规不适用此措施',
    '请在 lowest 与 highest 之间选择，且重于此前的措施。',
  ),
  'measure-incomplete': problem(
    422,
    'The terms do not fit the measure',
    'Give what the measure needs and leave out the rest.',
    '措施内容不完整或不适用',
    '请填写该措施所需内容，去掉其余内容。',
  ),
  'nothing-to-measure': problem(
    422,
    'There is no live grant for the measure to act on',
    'Choose a notice, a warning or a restriction of use.',
    '没有可采取措施的有效权限',
    '请改用告知、警告或限制使用。',
  ),
  'sanction-state': problem(
    409,
    'The measure does not allow this now',
    'Read the measure; only one in force can be lifted.',
    '措施当前状态不允许此操作',
    '请查看该措施；仅生效中的措施可以解除。',
  ),
  'sanction-second-person': problem(
    403,
    'A second person lifts the measure',
    'Leave it to somebody who did not impose it.',
    '须由另一人解除措施',
    '请由未作出该措施的人员解除。',
  ),
  'use-restricted': problem(
    422,
    'The organisation is under a restriction of use',
    'Wait for the end of the restriction, or leave out the dataset.',
    '该组织处于限制使用期',
    '请等待限制期届满，或去掉该数据集。',
  ),
} as const;
