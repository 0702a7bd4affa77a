import type { Instant } from '../../kernel/time.js';

/** An address, and when its owner was asked for the code that was sent there; null once it came back. */
export interface Asked {
  readonly address: string | null;
  readonly askedAt: Instant | null;
}

const HOUR = 3_600_000;
/** How long a code holds. */
export const CODE_HOLDS = 24 * HOUR;
/** Letters with a code that one person may have sent in an hour: they go to whom the product does not know. */
export const CODES = { most: 5, within: HOUR } as const;

/** Mail goes only to an address whose owner answered from it: a slip of the hand tells a stranger of one's affairs. */
export const mayWriteTo = ({ address, askedAt }: Asked): boolean => address !== null && askedAt === null;

export const codeHoldsUntil = (askedAt: Instant): Instant => askedAt + CODE_HOLDS;

/** A code as it was sent, however it was typed. */
export const typed = (code: string): string => code.replaceAll(/[\s-]/g, '').toUpperCase();
