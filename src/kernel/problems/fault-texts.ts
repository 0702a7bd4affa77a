import type { Text } from '../text.js';

/** Of faults of single fields, those whose way out is the same everywhere: said in the caller's language. */
export const faultTexts: Readonly<Record<string, Text>> = {
  'is-day': {
    en: 'must be a day that exists, such as 2026-11-28',
    zh: '须为真实存在的日期，例如 2026-11-28',
  },
  'is-moment': {
    en: 'must be a time that exists, with its offset, such as 2026-11-28T01:00:00Z or 2026-11-28T09:00:00+08:00',
    zh: '须为真实存在且注明时区的时间，例如 2026-11-28T01:00:00Z 或 2026-11-28T09:00:00+08:00',
  },
  matches: {
    en: 'is not in the form that /openapi.json gives for this field',
    zh: '不符合 /openapi.json 中该字段的格式',
  },
};
