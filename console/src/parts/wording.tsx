import { useTranslation } from 'react-i18next';
import { language } from '../language';
import type { Text, Wording } from '../api/types';

/** The wording in the reader's language, or in the other one where there is no translation. */
export function worded(wording: Wording | null | undefined): string {
  if (wording === null || wording === undefined) return '';
  if (typeof wording === 'string') return wording;
  return (language() === 'zh-CN' ? wording.zh : wording.en) || wording.zh || wording.en || '';
}
const langOf = (text: Text): 'zh-CN' | 'en' | undefined => {
  const own = language() === 'zh-CN' ? text.zh : text.en;
  if (own) return undefined;
  return text.zh ? 'zh-CN' : 'en';
};

/** Shows a wording; when only the other language has it, a screen reader is told which language it is. */
export function Worded({ text }: { readonly text: Wording | null | undefined }) {
  useTranslation();
  if (text === null || text === undefined) return null;
  if (typeof text === 'string') return <>{text}</>;
  return <span lang={langOf(text)}>{worded(text)}</span>;
}

/** Both languages of a wording, for who writes it. */
export const textOf = (wording: Wording | null | undefined): Text =>
  typeof wording === 'string' ? { zh: wording } : (wording ?? {});
/** A text as it is sent: a language in which nothing was written is left out. */
export const words = (zh: string, en: string): Text => ({
  ...(zh.trim() === '' ? {} : { zh: zh.trim() }),
  ...(en.trim() === '' ? {} : { en: en.trim() }),
});

export const nameOf = (
  thing: string | { readonly id: string; readonly name?: Wording; readonly title?: Wording },
): string => {
  if (typeof thing === 'string') return thing;
  return worded(thing.title) || worded(thing.name) || thing.id;
};
