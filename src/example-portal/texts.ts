/** The languages of the demo's visitors. */
export type Language = 'zh-CN' | 'en';

/** The language a visitor's program puts first; English for one that names none. */
export const languageOf = (accepted: string | undefined): Language =>
  accepted?.trim().toLowerCase().startsWith('zh') === true ? 'zh-CN' : 'en';

/** What the example portal says itself; the reasons of a decision come worded from Tiergate. */
export const TEXTS = {
  'not-served': { en: 'The example portal does not serve this', 'zh-CN': '示例门户不提供此数据' },
  'not-found': { en: 'This portal has no such file.', 'zh-CN': '本门户没有该文件。' },
  unauthenticated: { en: 'The credential does not hold; sign in again.', 'zh-CN': '凭证无效，请重新登录。' },
  'could-not-decide': {
    en: 'Tiergate did not answer; nothing is served until it does.',
    'zh-CN': '访问判定服务未响应，恢复之前不提供数据。',
  },
  'unknown-obligation': {
    en: 'The permit carries an obligation this portal does not know; it does not serve.',
    'zh-CN': '许可附有本门户不识别的义务，不提供数据。',
  },
} as const satisfies Record<string, Readonly<Record<Language, string>>>;
export type TextCode = keyof typeof TEXTS;
