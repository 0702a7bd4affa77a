import { problem } from './problem.js';

/** Problems of the catalogue chapter. */
export const catalogueProblems = {
  'dataset-state': problem(
    409,
    'The dataset is not in a state that allows this',
    'Read the dataset; detail names the state and what is possible in it.',
    '数据集当前状态不允许此操作',
    '请重新读取数据集；detail 指出当前状态和可行的操作。',
  ),
  'identifier-taken': problem(
    409,
    'The publisher already has a dataset with this identifier',
    'Choose another identifier, or edit the dataset that has it.',
    '该开放主体已有使用此标识的数据集',
    '请更换标识，或编辑已有的数据集。',
  ),
  'listing-incomplete': problem(
    422,
    'The dataset lacks what a listed one must state',
    'Add what errors lists, then list it again.',
    '数据集缺少上架所需的信息',
    '请补充 errors 列出的内容后再上架。',
  ),
  'unknown-condition-kind': problem(
    422,
    'The condition is of no known kind',
    'Use a kind of GET /api/condition-kinds.',
    '开放条件类型未知',
    '请使用 GET /api/condition-kinds 列出的类型。',
  ),
  'condition-names-applicant': problem(
    422,
    'A condition names a single applicant',
    'State what is required of everyone; conditions are equal for equals.',
    '开放条件指向单一申请主体',
    '请写明对所有申请主体一致的要求；同等条件应同等对待。',
  ),
  'repeated-item': problem(
    422,
    'Two items of the dataset have the same name',
    'Give each item a name of its own.',
    '数据集中有同名的数据项',
    '请为每个数据项使用不同的名称。',
  ),
  'unknown-distribution': problem(
    422,
    'The dataset has no such distribution, or it is named twice',
    'Leave id out for a new distribution; name each of the dataset at most once.',
    '数据集没有此数据资源，或同一数据资源出现两次',
    '新的数据资源不要填写 id；已有的数据资源每个最多出现一次。',
  ),
  'unknown-agreement-template': problem(
    422,
    'There is no such agreement template',
    'Use the id of a published template.',
    '数据利用协议模板不存在',
    '请使用已发布的模板标识。',
  ),
  'unknown-import-format': problem(
    422,
    'Catalogues of this format cannot be imported',
    'Use a format that detail names.',
    '不支持导入此格式的目录',
    '请使用 detail 列出的格式。',
  ),
  'unknown-profile': problem(
    422,
    'There is no such code map for this format',
    'Leave profile out, or use one that detail names.',
    '该格式没有此代码映射',
    '请去掉 profile，或使用 detail 列出的代码映射。',
  ),
  'import-running': problem(
    409,
    'An import of this source is still running',
    'Wait until it has ended, then send the file again.',
    '该来源的导入仍在进行',
    '请等待其结束后重新发送文件。',
  ),
  'record-refused': problem(
    422,
    'The record may not be kept in this system',
    'Nothing of it was stored. Follow the rules for classified material outside this system.',
    '该记录不得存入本系统',
    '未存储任何内容。请按涉密信息管理规定在系统外处理。',
  ),
} as const;
