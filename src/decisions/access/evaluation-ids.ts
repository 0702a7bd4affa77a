import { randomBytes } from 'node:crypto';
import type { Instant } from '../../kernel/time.js';

const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

const LAST_TWO = Array.from({ length: 1024 }, (_, bits) => encode(bits, 2));

/**
 * ULIDs for evaluations, made without asking for randomness each time: time, 40 random bits of this process, and a
 * counter. Unique per process and across processes; not secret.
 */
export class EvaluationIds {
  private readonly process = Array.from(randomBytes(8), (byte) => DIGITS[byte & 31]).join('');
  private counter = 0;
  private lastTime = -1;
  private lastBlock = -1;
  private prefix = '';

  next(now: Instant): string {
    this.counter = (this.counter + 1) % 2 ** 40;
    const block = Math.floor(this.counter / 1024);
    if (now !== this.lastTime || block !== this.lastBlock) {
      this.lastTime = now;
      this.lastBlock = block;
      this.prefix = encode(now, 10) + this.process + encode(block, 6);
    }
    return this.prefix + (LAST_TWO[this.counter % 1024] as string);
  }
}

/** When the decision of this id was made. */
export const instantOf = (id: string): Instant =>
  Array.from(id.slice(0, 10)).reduce((time, digit) => time * 32 + DIGITS.indexOf(digit), 0);

function encode(value: number, length: number): string {
  let text = '';
  let rest = value;
  for (let position = 0; position < length; position++) {
    text = DIGITS[rest % 32] + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}
