import type { Language } from '../../kernel/text.js';
import { type Both, faultOfTemplate, filled, placesOf } from './wording.js';

/** What stands around the texts of notifications in a mail (`letters` of the table). */
export interface LetterTexts {
  readonly link: Both;
  readonly settings: Both;
  readonly digest: Readonly<Record<'subject' | 'mine' | 'due' | 'overdue' | 'news', Both>>;
  readonly invitation: Readonly<Record<'subject' | 'body', Both>>;
  readonly confirmation: Readonly<Record<'subject' | 'body', Both>>;
}

/** What an invitation says: no word in it was written by anybody but the name of the organisation, which was verified. */
export interface Invited {
  readonly organisation: string;
  readonly link: string;
  readonly until: string;
}

/** A mail without its envelope: plain text. */
export interface Letter {
  readonly subject: string;
  readonly body: string;
}

export interface Said {
  readonly title: string;
  readonly text: string;
}

/** What waits for somebody: with them, with a day ahead, past its day. */
export interface Queues {
  readonly mine: number;
  readonly due: number;
  readonly overdue: number;
}

const say = (text: Both, values: Readonly<Record<string, string>>, language: Language): string =>
  filled(text[language], values, {}, language);

/** One notification as a mail, with the way to its page and to the settings. */
export function letterOf(texts: LetterTexts, said: Said, links: Links, language: Language): Letter {
  const body = [said.text, say(texts.link, { link: links.page }, language), '--', settingsOf(texts, links, language)];
  return { subject: said.title, body: `${body.join('\n\n')}\n` };
}

/** To somebody without an account, so nothing leads to settings. */
export function invitationOf({ invitation }: LetterTexts, invited: Invited, language: Language): Letter {
  const values = { ...invited };
  return { subject: say(invitation.subject, values, language), body: `${say(invitation.body, values, language)}\n` };
}

/** To an address of which nobody knows yet whose it is: it says nothing of the person who gave it. */
export const confirmationOf = (
  { confirmation: { subject, body } }: LetterTexts,
  values: { readonly code: string; readonly link: string },
  language: Language,
): Letter => ({ subject: say(subject, values, language), body: `${say(body, values, language)}\n` });

export interface Links {
  readonly page: string;
  readonly settings: string;
}

const settingsOf = (texts: LetterTexts, { settings }: Links, language: Language): string =>
  say(texts.settings, { link: settings }, language);

/** Titles of a digest at most; the rest is counted. */
export const MOST_TITLES = 20;

/** What a day's digest says; null where there is nothing to say. */
export function digestOf(
  texts: LetterTexts,
  queues: Queues,
  news: { readonly total: number; readonly titles: readonly string[] },
  links: Links,
  language: Language,
): Letter | null {
  const { mine, due, overdue } = queues;
  if (mine + due + overdue + news.total === 0) return null;
  const { digest } = texts;
  const count = (text: Both, number: number): string => say(text, { count: String(number) }, language);
  const values = { mine: String(mine), overdue: String(overdue), news: String(news.total) };
  const body = [
    [count(digest.mine, mine), count(digest.due, due), count(digest.overdue, overdue)].join('\n'),
    [count(digest.news, news.total), ...news.titles.slice(0, MOST_TITLES).map((title) => `- ${title}`)].join('\n'),
    say(texts.link, { link: links.page }, language),
    '--',
    settingsOf(texts, links, language),
  ];
  return { subject: say(digest.subject, values, language), body: `${body.join('\n\n')}\n` };
}

const PLACES = {
  link: ['link'],
  settings: ['link'],
  subject: ['mine', 'overdue', 'news'],
  count: ['count'],
  invited: ['organisation'],
  invitation: ['organisation', 'link', 'until'],
  confirming: ['code'],
  confirmation: ['code', 'link'],
} as const;

/** Texts of letters that cannot be filled. */
export function faultsOfLetters(texts: LetterTexts): string[] {
  const { link, settings, digest, invitation, confirmation } = texts;
  const { subject, ...counts } = digest;
  const told = [
    ['link', link, PLACES.link],
    ['settings', settings, PLACES.settings],
    ['subject', subject, PLACES.subject],
    ['invitation subject', invitation.subject, PLACES.invited],
    ['invitation body', invitation.body, PLACES.invitation],
    ['confirmation subject', confirmation.subject, PLACES.confirming],
    ['confirmation body', confirmation.body, PLACES.confirmation],
    ...Object.entries(counts).map(([name, text]) => [name, text, PLACES.count] as const),
  ] as const;
  return told.flatMap(([name, text, places]) =>
    (['en', 'zh'] as const)
      .filter((language) => !fits(text[language], places))
      .map((language) => `letters ${name} ${language}: its places are ${places.join(', ')}`),
  );
}

const fits = (template: string, places: readonly string[]): boolean =>
  faultOfTemplate(template) === null &&
  placesOf(template).optional.length === 0 &&
  [...new Set(placesOf(template).needed)].sort().join() === [...places].sort().join();
