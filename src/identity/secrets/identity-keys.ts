import { createHmac, hkdfSync } from 'node:crypto';
import { documentText, type IdentityDocument } from '../domain/identity-document.js';

/**
 * Keyed hashes of identity numbers. A plain hash would be no protection: there are few enough possible resident numbers
 * to try them all. The key comes from the secret of the installation and stands in no table.
 */
export class IdentityKeys {
  private readonly key: Uint8Array;

  constructor(secret: string) {
    this.key = new Uint8Array(hkdfSync('sha256', secret, '', 'tiergate identity numbers v1', 32));
  }

  of(document: IdentityDocument): string {
    return createHmac('sha256', this.key).update(documentText(document)).digest('hex');
  }
}
