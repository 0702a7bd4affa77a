import type { Id } from '../../kernel/ids.js';
import type { Language } from '../../kernel/text.js';
import { type Both, filled, placesOf, type Words } from '../../kernel/wording.js';
import type { NoticeFacts } from './notice.js';

/** The body in whose name a notice is issued: the one at whose stage the act was done, the holder, or the authority. */
export const NOTICE_ISSUERS = ['stage', 'holder', 'authority'] as const;
export type NoticeIssuer = (typeof NOTICE_ISSUERS)[number];

/** A paragraph, or one line for each entry of a list. */
export type Paragraph = string | { readonly each: string; readonly text: string };

export interface Wording {
  readonly title: string;
  readonly text: readonly Paragraph[];
}

/** An event that asks for the notice; only if it says one of these of each, where `when` is given. */
export interface Occasion {
  readonly event: string;
  readonly when?: Readonly<Record<string, readonly (string | boolean | null)[]>>;
}

/** What stands around every notice. */
export interface Frame {
  readonly version: number;
  readonly number: Both;
  readonly to: Both;
  readonly check: Both;
  /** Over the English text: which of the two prevails. */
  readonly translation: string;
}

/** Exactly what a notice is written from; it is kept, by its hash, as long as the notice. */
export interface IssuedTemplate extends Readonly<Record<Language, Wording>> {
  readonly kind: string;
  readonly version: number;
  readonly frame: Frame;
}

export interface NoticeTemplate extends Readonly<Record<Language, Wording>> {
  readonly version: number;
  readonly issuer: NoticeIssuer;
  readonly on: readonly Occasion[];
}

/** `policies/notices.yaml`. */
export interface NoticeTable {
  /** How a number is written; places `year` and `serial`. */
  readonly series: string;
  readonly frame: Frame;
  readonly notices: Readonly<Record<string, NoticeTemplate>>;
  readonly words: Words;
}

type Data = Readonly<Record<string, unknown>>;
const meets = ({ when = {} }: Occasion, data: Data): boolean =>
  Object.entries(when).every(([name, wanted]) => wanted.includes((data[name] ?? null) as string | boolean | null));

/** The notice an event asks for; null where it asks for none. No event asks for two (faults-of-table.ts). */
export function askedFor({ notices }: NoticeTable, event: string, data: Data): string | null {
  const found = Object.entries(notices).find(([, { on }]) => on.some((one) => one.event === event && meets(one, data)));
  return found?.[0] ?? null;
}

export function issuedTemplate({ notices, frame }: NoticeTable, kind: string): IssuedTemplate {
  const { version, zh, en } = notices[kind] as NoticeTemplate;
  return { kind, version, frame, zh, en };
}

/** What tells the numbers of one body from those of another: its part of the credit code (GB 32100), or the end of its id. */
export const markOf = (creditCode: string | null, id: Id): string => creditCode?.slice(8, 17) ?? id.slice(-9);

export const numberIn = (
  { series }: Pick<NoticeTable, 'series'>,
  { body, year, serial }: { readonly body: string; readonly year: number; readonly serial: number },
): string => filled(series, { body, year: String(year), serial: String(serial) }, {}, 'zh');

/** A notice in one language: its title, and what it says, entries of lists marked. */
export interface Written {
  readonly title: string;
  readonly text: readonly { readonly item: boolean; readonly text: string }[];
}

/** Fills a template. A part in brackets goes where one of its values is missing, a paragraph that is nothing else with it. */
export function written(template: IssuedTemplate, { values, lists }: NoticeFacts, language: Language): Written {
  const { title, text } = template[language];
  const say = (line: string, more = {}): string => filled(line, { ...values, ...more }, {}, language).trim();
  return {
    title: say(title),
    text: text
      .flatMap((one) =>
        typeof one === 'string'
          ? [{ item: false, text: say(one) }]
          : (lists[one.each] ?? []).map((row) => ({ item: true, text: say(one.text, row) })),
      )
      .filter((one) => one.text !== ''),
  };
}

/** All places of a wording: needed ones, and those that may be missing; for each list apart. */
export function placesIn({ title, text }: Wording) {
  const lists = text.filter((one) => typeof one !== 'string');
  return {
    own: [title, ...text.filter((one) => typeof one === 'string')].map(placesOf),
    lists: lists.map(({ each, text: line }) => ({ each, ...placesOf(line) })),
  };
}
