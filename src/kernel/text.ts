/** A text in one or both of the product's languages. */
export interface Text {
  readonly zh?: string;
  readonly en?: string;
}
export type Language = 'zh' | 'en';

/** The text in the wanted language, or in the other one where it is missing. */
export const textIn = (text: Text, language: Language): string => text[language] ?? text.zh ?? text.en ?? '';
