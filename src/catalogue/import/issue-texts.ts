import { type Language, type Text, textIn } from '../../kernel/text.js';

/** What whoever sent a catalogue does about each kind of issue: in records, then in the file as a whole. */
const TEXTS: Readonly<Record<string, Text>> = {
  'not-an-object': {
    zh: '该条目不是对象，请删除或改为记录。',
    en: 'The entry is no record: take it out, or write it as an object.',
  },
  'identifier-missing': { zh: '请为记录填写 identifier。', en: 'Give the record an identifier.' },
  'identifier-invalid': {
    zh: '标识符最多 255 个字符，不含控制字符，末尾不留空格。',
    en: 'Identifiers are at most 255 characters, without control characters and without a blank at the end.',
  },
  'duplicate-identifier': {
    zh: '标识符重复，只保留第一条；请为其余记录另起标识符。',
    en: 'The first record of the identifier was kept; give the others identifiers of their own.',
  },
  'repeated-key': {
    zh: '记录中有重复的字段，无法判断以哪个为准，暂不开放；请只保留一个。',
    en: 'A member is named twice and nobody can say which holds: closed until a person decides. Name it once.',
  },
  'not-understood': { zh: '该记录无法读取，请联系运维人员。', en: 'The record could not be read; ask the operator.' },
  'code-missing': {
    zh: '未写明开放类型，审核之前不开放。',
    en: 'No access level is stated: closed until a person decides.',
  },
  'code-unknown': {
    zh: '开放类型代码不在代码表中（区分大小写），审核之前不开放。',
    en: 'The access level is not in the code map, letter case counts: closed until a person decides.',
  },
  'contradiction-download-url': {
    zh: '未无条件开放的记录带有下载地址，已按较严者执行；请核对开放类型或删除地址。',
    en: 'Not public, yet a download address is stated; the stricter holds. Correct the level or take the address out.',
  },
  'contradiction-distributions': {
    zh: '非开放的记录列有数据资源，已按较严者执行；请核对。',
    en: 'Non-public, yet distributions are listed; the stricter holds. Check which is meant.',
  },
  'declared-weaker-than-floor': {
    zh: '拟定开放类型宽于规则结果，已按较严者执行并提请审核。',
    en: 'The declared level is weaker than the rules demand: the stricter one holds and a person has to look.',
  },
  'tier-kept': {
    zh: '来源现在写得更宽，原开放类型保持不变，直至人工决定。',
    en: 'The source now says less strict; the tier stays until a person decides.',
  },
  'state-secret': {
    zh: '记录带有密级或涉密字样，未保留任何内容；请立即联系本单位保密工作机构。',
    en: 'The record carries a secrecy mark and nothing of it was kept: call your secrecy officer.',
  },
  'missing-field': { zh: '请补充缺少的字段。', en: 'Add the missing member.' },
  'wrong-type': { zh: '请按规范更正字段类型。', en: 'Write the member with the type of the schema.' },
  'too-long': { zh: '内容过长，超出部分未保留。', en: 'Too long; the rest was left out.' },
  'malformed-json': { zh: '该处不是完整的 JSON，请重新导出。', en: 'Not whole JSON at that place: export it again.' },
  'bad-encoding': { zh: '请以 UTF-8 编码保存文件。', en: 'Save the file in UTF-8.' },
  'nothing-withdrawn': {
    zh: '有条目无法读取，文件中缺少的记录均未撤下；请更正该条目后重新上传。',
    en: 'Nothing was withdrawn, as an entry could not be read: mend that entry and send the file again.',
  },
  'compressed-file': { zh: '请先解压，再上传其中的文件。', en: 'Unpack it and send the file inside.' },
  'entry-too-large': {
    zh: '单条记录最大 1 MiB、最多嵌套 64 层，请检查该处。',
    en: 'A record is at most 1 MiB and 64 levels deep: look at that place.',
  },
  'too-many-entries': { zh: '请拆分为多个来源分别导入。', en: 'Split the catalogue into several sources.' },
  'no-dataset-list': {
    zh: '文件应为一个含有 dataset 列表且列表不为空的 JSON 对象。',
    en: 'The file is one JSON object with a list "dataset" that is not empty.',
  },
  'duplicate-key': { zh: '文件中有重复的字段，请只保留一个。', en: 'The file names a member twice: name it once.' },
  interrupted: { zh: '导入中断，请重新上传文件。', en: 'The import was interrupted: send the file again.' },
  'internal-error': {
    zh: '系统故障，已保留此前各条记录；请稍后重新上传同一文件。',
    en: 'A fault of ours; what was read before is kept. Send the same file again later.',
  },
};
const OTHER: Text = {
  zh: '请按规范更正该字段，字段未保留。',
  en: 'Correct the member after the schema; it was left out.',
};

const textOf = (code: string): Text => (Object.hasOwn(TEXTS, code) ? (TEXTS[code] as Text) : OTHER);

/** How often a kind of issue came, and what to do about it. */
export interface Remedy {
  readonly code: string;
  readonly count: number;
  readonly text: string;
}

/** What to do about these issues, the most frequent kind first. */
export function remediesOf(issues: readonly { readonly code: string }[], language: Language): Remedy[] {
  const counts = new Map<string, number>();
  for (const { code } of issues) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts]
    .map(([code, count]) => ({ code, count, text: textIn(textOf(code), language) }))
    .sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1));
}
