/** How somebody wants to be told by mail: each thing at once, once a day, or not. */
export const MAIL_MODES = ['at-once', 'daily', 'none'] as const;
export type MailMode = (typeof MAIL_MODES)[number];

/** `dropped`: there is no address any more, it was read meanwhile, or there was nothing to say. `failed`: given up. */
export const MAIL_STATES = ['waiting', 'sent', 'dropped', 'failed'] as const;
export type MailState = (typeof MAIL_STATES)[number];

export const MAIL_COMMANDS = ['retry'] as const;
/** What was sent, or wanted by nobody, is over. */
export const isRetriable = (state: MailState): boolean => state === 'failed' || state === 'waiting';

/**
 * `invitation`: to an address whose owner has no account yet; the person beside it is whoever invited them.
 * `confirmation`: the code that shows whose an address is.
 */
export const MAIL_KINDS = ['notification', 'digest', 'invitation', 'confirmation'] as const;
export type MailKind = (typeof MAIL_KINDS)[number];

const MINUTE = 60_000;
const PAUSES = [1, 5, 15, 60, 180, 360].map((minutes) => minutes * MINUTE);
/** After these tries, about two days, a mail is given up. */
export const MOST_TRIES = 12;

/** How long after the n-th try (from 1) the next one waits, in milliseconds: growing, six hours at most. */
export const pauseAfter = (tries: number): number => PAUSES[Math.min(tries, PAUSES.length) - 1] ?? MINUTE;

/** Text without line breaks or control characters, which mails and their logs would read as structure. */
export const oneLine = (text: string): string => text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();

/** What a mail server said, as an operator may see it: one line, no whole address. */
export const plainError = (message: string): string =>
  oneLine(message)
    .replaceAll(/[^\s<>@]+@/g, '…@')
    .slice(0, 300);
