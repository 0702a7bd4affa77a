import { type Language, textIn } from '../kernel/text.js';
import { filled } from '../kernel/wording.js';
import type { Letter, LetterPart } from '../sheets/index.js';
import type { IssuedTemplate, Written } from './domain/template.js';
import { dayText } from './facts/around.js';
import type { NoticeFile } from './notice-file.js';

/** The notice on paper: Chinese, then the same in English, then how to check it. */
export function noticeLetter({ notice, hash }: NoticeFile, { frame }: IssuedTemplate): Letter {
  const { number } = notice;
  return {
    name: `${notice.zh.title} ${number}`,
    parts: [
      ...partOf(notice, frame, 'zh'),
      { as: 'rule', text: '' },
      { as: 'note', text: frame.translation },
      ...partOf(notice, frame, 'en').map((part) => ({ ...part, small: true })),
      { as: 'rule', text: '' },
      { as: 'fine', text: frame.check.zh },
      { as: 'fine', text: frame.check.en },
      { as: 'fine', text: `${number}  SHA-256 ${hash}` },
    ],
  };
}

function partOf(notice: NoticeFile['notice'], frame: IssuedTemplate['frame'], language: Language): LetterPart[] {
  const { number, issuer, addressee, issuedOn } = notice;
  const { title, text }: Written = notice[language];
  const say = (line: string): string => filled(line, { number, addressee: addressee.name }, {}, language);
  const sender = textIn(typeof issuer.name === 'string' ? { zh: issuer.name } : issuer.name, language);
  return [
    { as: 'sender', text: sender },
    { as: 'title', text: title },
    { as: 'number', text: say(frame.number[language]) },
    { as: 'addressee', text: say(frame.to[language]) },
    ...text.map(({ item, text: line }): LetterPart => {
      if (item) return { as: 'item', text: line };
      return { as: 'text', text: language === 'zh' ? `　　${line}` : line };
    }),
    { as: 'signature', text: sender },
    { as: 'signature', text: textIn(dayText(issuedOn), language) },
  ];
}
