import type { Execution } from '../../kernel/execution.js';
import type { Id } from '../../kernel/ids.js';
import type { Text } from '../../kernel/text.js';
import type { Instant } from '../../kernel/time.js';

/** One published version of an agreement template (数据利用协议); never changed, only followed by the next. */
export interface Agreement {
  readonly id: Id;
  readonly template: Id;
  /** 1, 2, 3 … of its template. */
  readonly version: number;
  readonly title: Text;
  readonly text: Text;
  /** SHA-256 over {@link agreementText}, hexadecimal: what a signatory accepts. */
  readonly hash: string;
  /** How it is concluded. */
  readonly execution: Execution;
  readonly publishedAt: Instant;
}

const canonicalWording = (wording: string): string =>
  wording
    .normalize('NFC')
    .replaceAll('\r\n', '\n')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .trim();

/** The wording that is hashed and shown: NFC, line feeds, no blanks at line ends, so that copies compare equal. */
export const canonicalText = (text: Text): Text => ({
  ...(text.zh === undefined ? {} : { zh: canonicalWording(text.zh) }),
  ...(text.en === undefined ? {} : { en: canonicalWording(text.en) }),
});

/** What the hash is taken over: both wordings, each under its language. */
export const agreementText = (text: Text): string => {
  const { zh = '', en = '' } = canonicalText(text);
  return `zh\n${zh}\n\nen\n${en}\n`;
};
