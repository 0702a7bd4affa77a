import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';

/** A sealed value does not open: another key, another place, or edited bytes. */
export class SealBroken extends Error {}

const CIPHER = 'aes-256-gcm';
const VERSION = 'v1';

/**
 * Seals small secrets that have to lie in the database (signing keys) with AES-256-GCM. `context` says what is sealed
 * and for which row; a value moved to another row does not open there.
 */
export class Sealer {
  private readonly key: KeyObject;

  /** @param key 32 bytes, from the configuration. */
  constructor(key: Uint8Array) {
    if (key.byteLength !== 32) throw new Error(`the sealing key has ${key.byteLength} bytes; 32 are needed`);
    this.key = createSecretKey(key);
  }

  seal(secret: Uint8Array, context: string): string {
    const nonce = randomBytes(12);
    const cipher = createCipheriv(CIPHER, this.key, nonce).setAAD(Buffer.from(context));
    const body = Buffer.concat([cipher.update(secret), cipher.final()]);
    return [VERSION, ...[nonce, cipher.getAuthTag(), body].map((part) => part.toString('base64url'))].join('.');
  }

  /** @throws SealBroken */
  open(sealed: string, context: string): Buffer {
    const [version, ...parts] = sealed.split('.');
    const [nonce, tag, body] = parts.map((part) => Buffer.from(part, 'base64url'));
    if (version !== VERSION || nonce?.length !== 12 || tag?.length !== 16 || body === undefined) {
      throw new SealBroken(`${context}: not a sealed value`);
    }
    try {
      const decipher = createDecipheriv(CIPHER, this.key, nonce).setAAD(Buffer.from(context)).setAuthTag(tag);
      return Buffer.concat([decipher.update(body), decipher.final()]);
    } catch {
      throw new SealBroken(`${context}: sealed with another key, or altered`);
    }
  }
}
