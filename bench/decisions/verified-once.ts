import type { CredentialVerifier } from '../../src/decisions/index.js';
import { secretHash } from '../../src/identity/index.js';
import type { Principal } from '../../src/kernel/principal.js';

/** A credential that was verified before: what the product does on every further request, hash of the exact bytes. */
export function verifiedOnce(principal: Principal): CredentialVerifier {
  const known = new Map<string, Principal>();
  return {
    verify: (authorization) => {
      const hash = secretHash(`token ${authorization}`);
      const found = known.get(hash);
      if (found === undefined) known.set(hash, principal);
      return found ?? principal;
    },
  };
}
