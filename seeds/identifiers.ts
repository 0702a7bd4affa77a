import type { Id } from '../src/kernel/ids.js';
import { hashWords } from './random.js';

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 1 April 2018, 00:00 UTC, in the ten characters of a ULID: seeded ids sort before everything made later. */
const SEED_TIME = '01C9Z81T00';

/** The id of a seeded thing: a ULID that depends on nothing but its kind and key. */
export function seedId<Kind extends string>(kind: Kind, key: string): Id<Kind> {
  const words = [...hashWords(`${kind}/${key}`), ...hashWords(`${key}\\${kind}`)];
  let text = '';
  for (let i = 0; i < 16; i++) text += CROCKFORD[((words[i >> 1] as number) >>> (i & 1 ? 11 : 3)) & 31];
  return `${SEED_TIME}${text}`;
}

/** The 31 symbols of GB 32100 (no I, O, S, V, Z). */
const SYMBOLS = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const BODY_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];
const DIVISION = '990100';

/** Check character of an organisation code (GB 11714): eight characters, modulus 11. */
function bodyCheck(body: string): string {
  const sum = body
    .split('')
    .reduce((total, char, i) => total + Number.parseInt(char, 36) * (BODY_WEIGHTS[i] as number), 0);
  const rest = 11 - (sum % 11);
  return rest === 10 ? 'X' : rest === 11 ? '0' : String(rest);
}

/** Check character of a unified social credit code (GB 32100): weights 3^i, modulus 31. */
function creditCheck(code: string): string {
  let [sum, weight] = [0, 1];
  for (const char of code) {
    sum += SYMBOLS.indexOf(char) * weight;
    weight = (weight * 3) % 31;
  }
  return SYMBOLS[(31 - (sum % 31)) % 31] as string;
}

/**
 * A unified social credit code whose checks are right and whose division (99 01 00) is not allocated, so that no
 * real body can carry it. `kind`: `11` organ of state, `12` public institution, `91` company, `52` private non-company.
 */
export function seedCreditCode(kind: '11' | '12' | '52' | '91', key: string): string {
  const [a, b] = hashWords(`credit-code/${kind}/${key}`);
  const digits = String(((a as number) % 90_000_000) + 10_000_000);
  const body = kind === '91' ? `M${SYMBOLS[10 + ((b as number) % 20)]}${digits.slice(2)}` : digits;
  const first = `${kind}${DIVISION}${body}${bodyCheck(body)}`;
  return first + creditCheck(first);
}
