import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/**
 * Seals published packs with a key derived from the product's secret, which is not in the database: whoever can write
 * there, log included, still cannot make a version that counts. All instances of one secret accept one seal.
 */
export class PackSealer {
  readonly #key: Uint8Array;

  constructor(secret: string) {
    this.#key = new Uint8Array(hkdfSync('sha256', secret, '', 'tiergate rule pack seal v1', 32));
  }

  /** HMAC-SHA-256 over name, number and content hash, as 64 hexadecimal digits. */
  seal(pack: string, number: number, hash: string): string {
    return createHmac('sha256', this.#key).update(`${pack}\n${number}\n${hash}`).digest('hex');
  }

  holds(seal: string | null, pack: string, number: number, hash: string): boolean {
    const [given, due] = [Buffer.from(seal ?? '', 'hex'), Buffer.from(this.seal(pack, number, hash), 'hex')];
    return given.length === due.length && timingSafeEqual(given, due);
  }
}
