import { problem } from './problem.js';

/** Problems of objections to tiers. */
export const objectionProblems = {
  'no-standing': problem(
    422,
    'Who only uses data cannot have it closed to others',
    'Say which right of yours the data touches (right), or ask for a milder tier.',
    '仅为数据使用方的，不能要求收紧开放类型',
    '请说明数据涉及您的哪项权利（right），或者提出更宽的开放类型。',
  ),
  'objection-open': problem(
    409,
    'Your organisation has objected to this tier already, and the objection waits',
    'See GET /api/objections?dataset=…; withdraw it to file another.',
    '贵单位对该开放类型已提出异议，正在处理',
    '请查看 GET /api/objections?dataset=…；如需另行提出，请先撤回。',
  ),
  'objection-closed': problem(
    409,
    'The objection has been decided or withdrawn',
    'Read it for how it ended.',
    '该异议已办结或者已撤回',
    '请查看办理结果。',
  ),
  'own-objection': problem(
    422,
    'Nobody decides on an objection of their own side',
    'Ask an officer who neither objected nor belongs to who did.',
    '不得办理本人或者本单位提出的异议',
    '请由与异议人无关的审核人办理。',
  ),
  'own-ruling': problem(
    422,
    'Nobody decides on an objection to their own ruling',
    'Ask another officer.',
    '不得办理针对本人决定提出的异议',
    '请由其他审核人办理。',
  ),
  'not-upheld': problem(
    422,
    'This tier does not follow the objection',
    'Give the tier that was asked for or one on the way to it; otherwise reject the objection.',
    '该开放类型与异议请求不符',
    '请给出异议请求的开放类型，或者介于两者之间的类型；否则请驳回异议。',
  ),
  'objections-waiting': problem(
    409,
    'Objections to this tier wait for a decision',
    'Decide on them first: GET /api/objections?state=open.',
    '针对该开放类型的异议尚未办结',
    '请先办理异议：GET /api/objections?state=open。',
  ),
} as const;
