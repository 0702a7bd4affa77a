import { basename } from 'node:path';
import type { Text } from '../../kernel/text.js';
import { strictness, type Tier } from '../../kernel/tier.js';
import { changed, type Change, unknownTo } from '../domain/lowering/change.js';
import type { Recipe } from '../domain/lowering/recipe.js';
import { requirePacks } from '../packs/load.js';
import type { Reading, Source } from '../reader/reading.js';
import { isFault, readSource } from '../reader/read-source.js';
import type { TableFault } from '../reader/rows.js';
import { markOf } from './assess-content.js';
import { classifyFile } from './classify-file.js';
import { recordOf } from './delimited-text.js';
import { NewFile } from './new-file.js';
import { RareCombinations } from './rare-combinations.js';
import type { FileAssessment } from './report.js';

export interface RedactOptions {
  /** `utf-8`, or the encoding of the file where it has one. */
  readonly encoding?: 'same' | 'utf-8';
  /** Use the recipe on another file that has the columns it names. */
  readonly otherFile?: boolean;
  /** The tier the publisher means to give the result. */
  readonly declared?: Tier;
  readonly title?: string;
  readonly header?: boolean;
  /** The only sheet of a workbook. */
  readonly sheet?: string;
}

/** Why nothing was written. */
export const REDACT_REFUSALS = {
  'recipe-missing': { en: 'Give the path of the recipe.', zh: '请提供处理方案文件的路径。' },
  'recipe-invalid': {
    en: 'Use a recipe that tiergate classify wrote.',
    zh: '请使用 tiergate classify 生成的处理方案。',
  },
  'recipe-edited': {
    en: 'It was edited by hand. Make it anew with tiergate classify --recipe.',
    zh: '处理方案已被改动，请用 tiergate classify --recipe 重新生成。',
  },
  'pack-unknown': { en: 'Install the rule pack the recipe was made with.', zh: '请安装生成该方案所用的规则包。' },
  'another-file': {
    en: 'The recipe was made for another file. Make one for this file, or say --other-file.',
    zh: '该方案是为另一个文件生成的。请为本文件重新生成，或者用 --other-file 明示。',
  },
  'columns-missing': { en: 'The file lacks columns that the recipe names.', zh: '文件缺少方案中列出的列。' },
  'name-taken': { en: 'Choose a name that no file has yet.', zh: '输出文件已存在，请换一个名称。' },
  'too-varied': {
    en: 'Too many combinations to count; drop or generalise more columns.',
    zh: '组合过多，无法统计，请去除或泛化更多列。',
  },
  'still-demanded': {
    en: 'The rules still demand a stricter tier of the result, so it was not written. Make a new recipe.',
    zh: '处理结果仍须按更严的开放类型管理，未予写出。请重新生成方案。',
  },
  unreadable: {
    en: 'See what tiergate classify says about the file.',
    zh: '请先查看 tiergate classify 对该文件的说明。',
  },
} as const satisfies Record<string, Text>;

export interface RedactRefusal {
  readonly kind: 'refused';
  readonly code: keyof typeof REDACT_REFUSALS;
  readonly detail: string;
  readonly remedy: Text;
}
export interface Redacted {
  readonly kind: 'redacted';
  readonly rows: number;
  /** Rows that did not have as many cells as the header; they have now. */
  readonly brokenRows: number;
  /** Records in which rare combinations are withheld. */
  readonly withheld: number;
  /** Records above the header; they are not written. */
  readonly captions: number;
  /** The encoding it was written in. */
  readonly encoding: string;
  /** What the whole engine says of the result. */
  readonly check: FileAssessment;
  /** Whether it was checked by the very rules that the recipe was made by. A server may have published newer ones. */
  readonly sameRules: boolean;
}

const refused = (code: RedactRefusal['code'], detail: string): RedactRefusal => ({
  kind: 'refused',
  code,
  detail,
  remedy: REDACT_REFUSALS[code],
});

interface Job {
  readonly path: string;
  readonly recipe: Recipe;
  readonly out: string;
  readonly options: RedactOptions;
  readonly mark: RegExp | null;
  readonly sameRules: boolean;
}

const sourceOf = ({ path, options: { header = true, sheet } }: Job): Source => ({
  path,
  header,
  ...(sheet === undefined ? {} : { sheet }),
});
const unreadable = (fault: TableFault): RedactRefusal => refused('unreadable', `${fault.code}: ${fault.detail}`);

/** The file as it was read first, and the steps made ready for its columns. */
interface Looked {
  readonly reading: Reading;
  readonly change: Change;
}

/** Reads the file through once: is it the right one, and which columns has it? Some formats name columns late. */
async function looked(job: Job): Promise<Looked | RedactRefusal> {
  const { recipe, options } = job;
  const columns: string[] = [];
  const sink = { column: (name: string) => void columns.push(name), row: () => undefined };
  const reading = await readSource(sourceOf(job), sink, { mark: job.mark });
  if (isFault(reading)) return unreadable(reading);
  if (options.otherFile !== true && reading.sha256 !== recipe.file.sha256)
    return refused('another-file', basename(job.path));
  const missing = unknownTo(columns, recipe.steps);
  if (missing.length > 0) return refused('columns-missing', missing.join(', '));
  return { reading, change: changed(columns, recipe.steps) };
}

/** Reads it again, every row as the steps change it; the bytes must be the same. */
async function readChanged(
  job: Job,
  { reading: first, change }: Looked,
  take: (row: string[]) => void | Promise<void>,
): Promise<RedactRefusal | null> {
  const sink = { column: () => undefined, row: (cells: readonly string[]) => take(change.row(cells)) };
  const reading = await readSource(sourceOf(job), sink, { mark: job.mark });
  if (isFault(reading)) return unreadable(reading);
  return reading.sha256 === first.sha256 ? null : refused('unreadable', 'changed-while-read');
}

/** Counts combinations, where rare ones are to be withheld. */
async function counted(job: Job, file: Looked): Promise<RareCombinations | RedactRefusal> {
  const rare = new RareCombinations(file.change);
  const fault = rare.needed ? await readChanged(job, file, (row) => rare.count(row)) : null;
  return fault ?? (rare.full ? refused('too-varied', 'more than 2,000,000 combinations') : rare);
}

/** Writes what may be shown; the number of records in which something was withheld. */
async function written(job: Job, read: Looked, rare: RareCombinations, file: NewFile): Promise<number | RedactRefusal> {
  const delimiter = read.reading.delimiter ?? ',';
  let withheld = 0;
  await file.write(recordOf(read.change.columns, delimiter));
  const fault = await readChanged(job, read, (row) => {
    const shown = rare.shown(row);
    if (shown.withheld) withheld += 1;
    return file.write(recordOf(shown.cells, delimiter));
  });
  return fault ?? withheld;
}

/** The second check: the whole engine on the result, before it gets its name. */
async function checked({ path, recipe, out, options }: Job, file: NewFile): Promise<FileAssessment | RedactRefusal> {
  const report = await classifyFile(file.path, {
    pack: recipe.pack.id,
    title: options.title ?? basename(path),
    quasiIdentifiers: recipe.quasiIdentifiers,
    ...(options.declared === undefined ? {} : { declared: options.declared }),
  });
  if (report.kind === 'refused') return refused('still-demanded', report.code);
  return strictness(report.verdict.floor) > strictness(recipe.to)
    ? refused('still-demanded', report.verdict.floor)
    : { ...report, file: { ...report.file, name: basename(out) } };
}

async function finished(
  job: Job,
  read: Looked,
  rare: RareCombinations,
  file: NewFile,
): Promise<Redacted | RedactRefusal> {
  const withheld = await written(job, read, rare, file);
  if (typeof withheld !== 'number') return withheld;
  await file.finish();
  const check = await checked(job, file);
  if (check.kind === 'refused') return check;
  const { rows, brokenRows, captions } = read.reading;
  const { encoding } = file;
  const { sameRules } = job;
  return (await file.publish())
    ? { kind: 'redacted', rows, brokenRows, withheld, captions: captions.length, encoding, check, sameRules }
    : refused('name-taken', basename(job.out));
}

/**
 * Applies a recipe to a file and writes the result as delimited text under a name that no file has: streamed, formulas
 * made harmless, checked by the whole engine, and only then given its name. A refusal leaves nothing behind.
 */
export async function redactFile(
  path: string,
  recipe: Recipe,
  out: string,
  options: RedactOptions = {},
): Promise<Redacted | RedactRefusal> {
  const compiled = requirePacks().current(recipe.pack.id);
  if (compiled === null) return refused('pack-unknown', recipe.pack.id);
  const mark = markOf(compiled);
  const sameRules = compiled.pack.hash === recipe.pack.hash;
  const job = { path, recipe, out, options, mark, sameRules };
  const read = await looked(job);
  if ('kind' in read) return read;
  const rare = await counted(job, read);
  if ('kind' in rare) return rare;
  const encoding = options.encoding === 'utf-8' ? 'utf-8' : (read.reading.encoding ?? 'utf-8');
  const file = await NewFile.begin(out, encoding);
  if (file === null) return refused('name-taken', basename(out));
  try {
    const outcome = await finished(job, read, rare, file);
    if (outcome.kind === 'refused') await file.abandon();
    return outcome;
  } catch (error) {
    await file.abandon();
    throw error;
  }
}
