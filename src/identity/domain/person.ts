import type { Id } from '../../kernel/ids.js';
import { type Refusal, refusal } from '../../kernel/refusal.js';
import { err, ok, type Result } from '../../kernel/result.js';

/** Someone who signs in; they act for exactly one organisation. */
export interface Person {
  readonly id: Id<'person'>;
  /** What they sign in with: lower case, never given to anyone else. */
  readonly username: string;
  readonly name: string;
  readonly organisation: Id<'organisation'>;
  readonly state: 'active' | 'off';
  readonly version: number;
}

export const USERNAME = /^[a-z0-9](?:[a-z0-9._-]{1,62}[a-z0-9])$/;
export const isUsername = (text: string): boolean => USERNAME.test(text);

/** Length in characters a password must have at least; longer ones are easier to remember than odd ones. */
export const SHORTEST_PASSWORD = 12;
export const LONGEST_PASSWORD = 128;
/** What guessers try first among passwords of that length (compared without case, blanks and repetition). */
const COMMON = [
  'password',
  'tiergate',
  'qwerty',
  '123456789',
  '1234567890',
  'letmein',
  'administrator',
  'welcome',
  'iloveyou',
  'abc123',
  'woaini',
];

/** Refuses short, very long, common and name-bearing passwords; nothing is asked of their symbols (NIST SP 800-63B, 3.1.1.2). */
export function passwordFault(password: string, username: string, pointer = '/password'): Refusal | null {
  const length = [...password].length;
  if (length < SHORTEST_PASSWORD) return weak(pointer, 'too-short', `Use at least ${SHORTEST_PASSWORD} characters.`);
  if (length > LONGEST_PASSWORD) return weak(pointer, 'too-long', `Use at most ${LONGEST_PASSWORD} characters.`);
  const plain = password.toLowerCase().replaceAll(/\s/g, '');
  if (username !== '' && plain.includes(username))
    return weak(pointer, 'holds-username', 'Do not use the user name in it.');
  return isCommon(plain) ? weak(pointer, 'common', 'This password is among the first that are guessed.') : null;
}

/** A common word, repeated or with up to four digits behind it; or one or two symbols over and over. */
function isCommon(plain: string): boolean {
  if (new Set(plain).size <= 3) return true;
  const core = plain.replace(/[0-9!.]{0,4}$/, '');
  return COMMON.some((word) => core.replaceAll(word, '') === '' || plain.replaceAll(word, '') === '');
}

const weak = (pointer: string, code: string, detail: string): Refusal =>
  refusal('weak-password', undefined, { errors: [{ pointer, code, detail }] });

export function switchOff(person: Person): Result<Person> {
  if (person.state === 'off') return err(refusal('already-so', 'The person is switched off already.'));
  return ok({ ...person, state: 'off' });
}

export function switchOn(person: Person): Result<Person> {
  if (person.state === 'active') return err(refusal('already-so', 'The person is active already.'));
  return ok({ ...person, state: 'active' });
}
