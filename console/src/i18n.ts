import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { type Language, language, rememberLanguage } from './language';
import type messages from './messages/en.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof messages };
  }
}

const load = {
  'zh-CN': () => import('./messages/zh.json'),
  en: () => import('./messages/en.json'),
} satisfies Record<Language, () => Promise<{ default: unknown }>>;

const apply = async (chosen: Language): Promise<void> => {
  if (!i18next.hasResourceBundle(chosen, 'translation')) {
    i18next.addResourceBundle(chosen, 'translation', (await load[chosen]()).default);
  }
  document.documentElement.lang = chosen;
  await i18next.changeLanguage(chosen);
};

/** Loads the texts of one language only; the other comes when somebody switches. */
export async function startTexts(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language(),
    fallbackLng: false,
    resources: {},
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
    returnNull: false,
  });
  await apply(language());
}

export async function switchLanguage(chosen: Language): Promise<void> {
  rememberLanguage(chosen);
  await apply(chosen);
}
