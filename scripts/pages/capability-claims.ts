import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';

interface Words {
  readonly en: string;
  readonly zh: string;
}

/** Something the product does for those who use it; shown by a test of this name. */
export interface Served extends Words {
  readonly id: string;
  /** Row of the survey of other systems that it answers; none where none of them has it. */
  readonly survey?: readonly number[];
  /** Screen of the console, as the router names it. */
  readonly screen?: string;
  /** Method and path of the operation it rests on. */
  readonly route: string;
}

/** Something others do, or one may expect, that the product does not; and why. */
export interface Unserved extends Words {
  readonly survey?: readonly number[];
  readonly why: Words;
}

/** One file of test/capabilities. `name` is the file's. */
export interface Chapter {
  readonly name: string;
  readonly title: Words;
  readonly served: readonly Served[];
  readonly unserved: readonly Unserved[];
}

/** The chapters in the order a reader meets them. */
const ORDER = [
  'applying',
  'reviewing',
  'agreements',
  'grants',
  'checking',
  'records',
  'classifying',
  'scenarios',
  'traps',
];
const FOLDER = ['test', 'capabilities'];

/** Every chapter of the repository at `root`. A file that is not in the order is an error, so that none is left out. */
export function readChapters(root: string): readonly Chapter[] {
  const folder = join(root, ...FOLDER);
  const found = readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length));
  const stray = found.filter((name) => !ORDER.includes(name));
  if (stray.length > 0) throw new Error(`not in the order of chapters: ${stray.join(', ')}`);
  return ORDER.map((name) => {
    const text = readFileSync(join(folder, `${name}.yaml`), 'utf8');
    return { ...(load(text) as Omit<Chapter, 'name'>), name };
  });
}

/** What is wrong between the rows claimed and the tests that passed, each `chapter/id`. */
export function undemonstrated(chapters: readonly Chapter[], passed: ReadonlySet<string>): string[] {
  const claimed = new Set(chapters.flatMap(({ name, served }) => served.map(({ id }) => `${name}/${id}`)));
  return [
    ...[...claimed].filter((row) => !passed.has(row)).map((row) => `${row}: claimed, and no test showed it`),
    ...[...passed].filter((row) => !claimed.has(row)).map((row) => `${row}: shown, and not claimed`),
  ];
}
