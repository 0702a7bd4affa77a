/** A text in one or both of the product's languages. */
export interface Text {
  readonly zh?: string;
  readonly en?: string;
}
export type Language = 'zh' | 'en';

/** The text in the wanted language, or in the other one where it is missing. */
export const textIn = (text: Text, language: Language): string => text[language] ?? text.zh ?? text.en ?? '';

/** A text of which nobody says in which language it is: Chinese where it has a character of that script. */
export const textOf = (words: string): Text => (/\p{Script=Han}/u.test(words) ? { zh: words } : { en: words });

/** The language of an `Accept-Language` header (RFC 9110, 12.5.4): Chinese where it is preferred to English. */
export function languageOf(header: string | undefined): Language {
  if (header === undefined) return 'en';
  const wanted = header.split(',').map((part) => {
    const [tag = '', quality] = part.trim().split(/\s*;\s*q=/);
    return { tag: tag.toLowerCase(), quality: quality === undefined ? 1 : Number(quality) };
  });
  const best = (prefix: string) =>
    Math.max(0, ...wanted.filter(({ tag }) => tag.startsWith(prefix)).map(({ quality }) => quality));
  return best('zh') > best('en') ? 'zh' : 'en';
}

/** A person's name as it tells people apart: blanks, width and case do not. */
export const foldedName = (name: string): string => name.normalize('NFKC').replace(/\s+/g, '').toLowerCase();
