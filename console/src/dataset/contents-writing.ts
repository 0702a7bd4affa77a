import type { Dataset } from '../api/datasets';
import { textOf } from '../parts/wording';
import { type Keyed, NO_TEXT, nextKey, orNull, sentText, type WrittenText, writing } from './writing';

export interface WrittenItem extends Keyed {
  readonly name: string;
  readonly title: WrittenText;
  readonly type: string;
}
export interface WrittenDistribution extends Keyed {
  /** Of one that the record has already. */
  readonly id: string | undefined;
  readonly title: WrittenText;
  readonly format: string;
  readonly mediaType: string;
  /** The format and the media type it had: one goes with the other. */
  readonly had: { readonly format: string; readonly mediaType: string };
  readonly kind: 'file' | 'api';
  readonly url: string;
}
export interface WrittenDocument extends Keyed {
  readonly kind: string;
  readonly title: WrittenText;
  readonly url: string;
}
/** What a record holds: its items, where they are had, what helps to judge them. */
export interface WrittenContents {
  readonly items: readonly WrittenItem[];
  readonly distributions: readonly WrittenDistribution[];
  readonly documents: readonly WrittenDocument[];
}

export const contentsFrom = (dataset: Dataset): WrittenContents => ({
  items: (dataset.items ?? []).map(({ name, title, type }, at) => ({
    key: at + 1,
    name,
    title: writing(textOf(title)),
    type,
  })),
  distributions: (dataset.distributions ?? []).map(({ id, title, format, mediaType, kind, url }, at) => ({
    key: at + 1,
    id,
    title: writing(textOf(title)),
    format,
    mediaType: mediaType ?? '',
    had: { format, mediaType: mediaType ?? '' },
    kind,
    url: url ?? '',
  })),
  documents: (dataset.documents ?? []).map(({ kind, title, url }, at) => ({
    key: at + 1,
    kind,
    title: writing(textOf(title)),
    url,
  })),
});

export const sentItem = ({ name, title, type }: WrittenItem) => ({
  name: name.trim(),
  title: sentText(title),
  type: type.trim(),
});
export const sentDistribution = ({ id, title, format, mediaType, kind, url }: WrittenDistribution) => ({
  ...(id === undefined ? {} : { id }),
  title: sentText(title),
  format: format.trim(),
  mediaType: orNull(mediaType),
  kind,
  url: orNull(url),
});
export const sentDocument = ({ kind, title, url }: WrittenDocument) => ({
  kind,
  title: sentText(title),
  url: url.trim(),
});

/** What an item is of where nobody says so. */
const PLAIN = 'string';
export const newItem = (items: readonly Keyed[]): WrittenItem => ({
  key: nextKey(items),
  name: '',
  title: NO_TEXT,
  type: PLAIN,
});
export const newDistribution = (list: readonly Keyed[]): WrittenDistribution => ({
  key: nextKey(list),
  id: undefined,
  title: NO_TEXT,
  format: '',
  mediaType: '',
  had: { format: '', mediaType: '' },
  kind: 'file',
  url: '',
});
/** Another format: the media type of the one before does not stay with it, and comes back with it. */
export function inFormat({ had, format, mediaType }: WrittenDistribution, next: string): Partial<WrittenDistribution> {
  if (next === had.format) return { format: next, mediaType: mediaType === '' ? had.mediaType : mediaType };
  const leaves = format === had.format && mediaType === had.mediaType;
  return { format: next, ...(leaves && { mediaType: '' }) };
}
export const newDocument = (list: readonly Keyed[], kind: string): WrittenDocument => ({
  key: nextKey(list),
  kind,
  title: NO_TEXT,
  url: '',
});

/**
 * Items from lines, as somebody copies them out of a spreadsheet: name, title in Chinese, in English, type, with a tab or
 * else a comma between. Lines that name an item which is there already are left.
 */
export function itemsFrom(text: string, items: readonly WrittenItem[]) {
  const names = new Set(items.map(({ name }) => name.trim()));
  const added: WrittenItem[] = [];
  const left: string[] = [];
  for (const line of text.split('\n').filter((one) => one.trim() !== '')) {
    const [name = '', zh = '', en = '', type = ''] = line
      .split(line.includes('\t') ? '\t' : /[,，]/)
      .map((cell) => cell.trim());
    if (name === '' || names.has(name)) left.push(line);
    else {
      names.add(name);
      added.push({ key: nextKey(items) + added.length, name, title: { zh, en }, type: type === '' ? PLAIN : type });
    }
  }
  return { items: [...items, ...added], added: added.length, left: left.join('\n') };
}
