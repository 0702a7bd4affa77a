import { randomBytes } from 'node:crypto';
import type { Clock } from '../../kernel/time.js';

const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * ULIDs for evaluations, made without asking for randomness each time: time, 40 random bits of this process, and a
 * counter. Unique per process and across processes; not secret.
 */
export class EvaluationIds {
  private readonly process = Array.from(randomBytes(8), (byte) => DIGITS[byte & 31]).join('');
  private counter = 0;
  private lastTime = -1;
  private prefix = '';

  constructor(private readonly clock: Clock) {}

  next(): string {
    const now = this.clock.now();
    if (now !== this.lastTime) {
      this.lastTime = now;
      this.prefix = encode(now, 10) + this.process;
    }
    this.counter = (this.counter + 1) % 2 ** 40;
    return this.prefix + encode(this.counter, 8);
  }
}

function encode(value: number, length: number): string {
  let text = '';
  let rest = value;
  for (let position = 0; position < length; position++) {
    text = DIGITS[rest % 32] + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}
