import { createHmac, hkdfSync } from 'node:crypto';
import type { Id } from '../kernel/ids.js';

/**
 * Secrets of links. The mail is written when it is sent, so the secret has to be had a second time, and no table may
 * hold it: it is a keyed hash of its ticket, under a key that comes from the secret of the installation. At rest is the
 * SHA-256 of it, as of every secret.
 */
export class TicketKeys {
  private readonly key: Uint8Array;

  constructor(secret: string) {
    this.key = new Uint8Array(hkdfSync('sha256', secret, '', 'tiergate invitations v1', 32));
  }

  secretOf(ticket: Id): string {
    return createHmac('sha256', this.key).update(ticket).digest('base64url');
  }
}
