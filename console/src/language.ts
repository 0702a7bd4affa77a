/** The language of texts, as the API takes it in Accept-Language. Remembered per browser; first taken from the browser. */
export type Language = 'zh-CN' | 'en';
export const LANGUAGES: readonly Language[] = ['zh-CN', 'en'];
const KEY = 'tiergate.language';

const remembered = (): string | null => {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
};
const preferred = (): Language => (navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en');

let current: Language = LANGUAGES.find((known) => known === remembered()) ?? preferred();

export const language = (): Language => current;
export const rememberLanguage = (chosen: Language): void => {
  current = chosen;
  try {
    localStorage.setItem(KEY, chosen);
  } catch {
    // Not remembered where storage is switched off.
  }
};
