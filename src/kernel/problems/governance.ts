import { problem } from './problem.js';

/** Problems of packs as governed law, and of tiers that are looked at again. */
export const governanceProblems = {
  'invalid-pack': problem(
    422,
    'The changed pack is not sound',
    'See the errors: each names the part and what is wrong with it.',
    '修改后的规则包不符合要求',
    '请查看 errors 中的逐项说明。',
  ),
  'pack-unchanged': problem(
    422,
    'The changes leave the pack as it is',
    'Change a rule, or leave the version in force.',
    '修改内容与现行规则包相同',
    '请修改规则，或者保留现行版本。',
  ),
  'pack-state': problem(
    409,
    'This is not possible with the version as it stands',
    'See allowedCommands for what you may do now.',
    '该版本当前状态下不能执行此操作',
    '请查看 allowedCommands。',
  ),
  'own-pack': problem(
    422,
    'Publishing takes two people',
    'Ask somebody who neither wrote nor proposed this version.',
    '规则包的发布须由两人办理',
    '请由非起草人、非提出人发布。',
  ),
  'pack-superseded': problem(
    409,
    'Another version has come into force since this one was written',
    'Write the change anew on the version in force.',
    '起草后已有其他版本生效',
    '请基于现行版本重新起草。',
  ),
  'rehearsal-missing': problem(
    422,
    'This version was not rehearsed as it stands',
    'Rehearse it, look at what would change, then publish.',
    '该版本尚未按现有内容试运行',
    '请先试运行并查看变化，再发布。',
  ),
  'review-not-due': problem(
    409,
    'Nobody has to look at this tier now',
    'See GET /api/reevaluations for what is due.',
    '该开放类型当前无需复评',
    '请查看 GET /api/reevaluations。',
  ),
  'rehearsal-over': problem(
    409,
    'The rehearsal has ended already',
    'Read what it found, or start another one.',
    '该次试运行已结束',
    '请查看结果，或者重新试运行。',
  ),
} as const;
