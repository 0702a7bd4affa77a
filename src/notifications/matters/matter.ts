import type { Id } from '../../kernel/ids.js';
import type { Text } from '../../kernel/text.js';
import type { RecordedEntry } from '../../persistence/index.js';
import type { Values } from '../domain/wording.js';
import type { Around } from './around.js';

export const ABOUT_KINDS = [
  'application',
  'grant',
  'violation',
  'demand',
  'evidence',
  'assessment',
  'objection',
  'organisation',
  'complaint',
] as const;
export type AboutKind = (typeof ABOUT_KINDS)[number];

/** What happened, as far as people are told of it. */
export interface Matter {
  /** The page on which they read more; whoever is told may see it. */
  readonly about: { readonly kind: AboutKind; readonly id: Id };
  readonly values: Values;
  /** The people of a circle of its chapter (told-events.ts). */
  people(circle: string): Promise<readonly Id[]>;
}

/** Reads the matter of an event; null where it concerns nobody but whoever did it. */
export type ReadMatter = (around: Around, entry: RecordedEntry) => Promise<Matter | null>;

/** Values that are there; the others leave their place empty. */
export const present = (values: Readonly<Record<string, Values[string] | null | undefined>>): Values =>
  Object.fromEntries(Object.entries(values).filter((one): one is [string, Values[string]] => one[1] != null));

/** The titles of what is asked for: the first, and how many more. */
export function titleOf(first: Text, more: number): Text {
  if (more === 0) return first;
  const zh = first.zh ?? first.en ?? '';
  const en = first.en ?? first.zh ?? '';
  return { zh: `${zh}等${more + 1}个数据集`, en: `${en} and ${more} more` };
}
