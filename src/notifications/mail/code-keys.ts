import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { Id } from '../../kernel/ids.js';
import { type Asked, typed } from '../domain/confirming.js';

/** Digits and letters that nobody takes for another. */
const LETTERS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const LENGTH = 8;

/**
 * Codes by which people show that an address is theirs. The letter is written when it is sent, so the code has to be had a
 * second time, and no table may hold it: it is a keyed hash of person, address and moment, under a key that comes from the
 * secret of the installation. Forty bits, for one person and a day.
 */
export class CodeKeys {
  private readonly key: Uint8Array;

  constructor(secret: string) {
    this.key = new Uint8Array(hkdfSync('sha256', secret, '', 'tiergate mail addresses v1', 32));
  }

  codeOf(person: Id, { address, askedAt }: Asked): string {
    const hash = createHmac('sha256', this.key).update(`${person}\n${address}\n${askedAt}`).digest();
    return Array.from(hash.subarray(0, LENGTH), (byte) => LETTERS[byte % LETTERS.length]).join('');
  }

  isCode(code: string, person: Id, asked: Asked): boolean {
    const given = Buffer.from(typed(code));
    const right = Buffer.from(this.codeOf(person, asked));
    return given.length === right.length && timingSafeEqual(given, right);
  }
}
