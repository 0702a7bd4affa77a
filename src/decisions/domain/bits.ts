import { DELIVERIES, PURPOSES } from '../../kernel/purpose.js';

/** Purposes and deliveries as bits, so that a grant holds a set of them in a byte. */
const purposeBits = new Map<string, number>(PURPOSES.map((purpose, bit) => [purpose, 1 << bit]));
const deliveryBits = new Map<string, number>(DELIVERIES.map((delivery, bit) => [delivery, 1 << bit]));
export const purposeBit = (purpose: string): number => purposeBits.get(purpose) ?? 0;
export const deliveryBit = (delivery: string): number => deliveryBits.get(delivery) ?? 0;
/** The purpose a mask stands for, where it holds exactly one. */
export const purposeOf = (mask: number): string | null =>
  (mask & (mask - 1)) === 0 ? (PURPOSES[31 - Math.clz32(mask)] ?? null) : null;
