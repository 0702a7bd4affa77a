import { action, type Call, command, notFound, query, replyOf, type Route } from '../../http/index.js';
import type { Credential } from '../../identity/index.js';
import { refusal } from '../../kernel/refusal.js';
import { err, ok, type Result } from '../../kernel/result.js';
import { type Instant, instantOf, isoOf } from '../../kernel/time.js';
import type { Reader } from '../../persistence/index.js';
import type { Grant } from '../domain/grant.js';
import { type KeyUse, mayKeepKeys } from '../grant-keys.js';
import type { GrantStore } from '../grant-store.js';
import { type GrantAround, sees, sightOf } from '../grant-view.js';
import { GrantKeyBody, GrantKeyResponse, GrantKeysResponse, NewGrantKeyResponse } from './key-shapes.js';

type KeyDoor = Pick<GrantAround, 'keys' | 'keyUses'> & { readonly store: GrantStore };

const shared = { tag: 'Grants', permission: 'grant.keep-keys' };

/** Keys with which the machines of whoever holds a grant ask under it. */
export const keyRoutes = (door: KeyDoor): Route[] => [listRoute(door), makeRoute(door), revokeRoute(door)];

const listRoute = (door: KeyDoor): Route =>
  query({
    ...shared,
    path: '/api/grants/:id/keys',
    summary: 'Keys of a grant, without what they consist of',
    response: GrantKeysResponse,
    handler: async (call, reader) => {
      const found = await kept(door, call, reader);
      if (!found.ok) return found;
      const keys = await door.keys.of(reader, call.principal, found.value, door.keyUses);
      const mayMake = door.keys.couldMake(call.principal, found.value, keys, call.now);
      return replyOf({ items: keys.map(({ key, use }) => grantKeyBody(key, use)), mayMake });
    },
  });

/** Not a command with an idempotency key: its answer holds a secret, and answers to keys are kept. */
const makeRoute = (door: KeyDoor): Route =>
  action<GrantKeyBody>({
    ...shared,
    path: '/api/grants/:id/keys',
    summary: 'Make a key for a machine; its text is shown this once, and it is good for this grant alone',
    body: GrantKeyBody,
    response: NewGrantKeyResponse,
    status: 201,
    handler: async (call, unit) => {
      const { label, expiresAt } = call.body;
      const asked = { label, expiresAt: expiresAt === undefined ? null : instantOf(expiresAt) };
      const made = await unit.run(async (tx) => {
        const found = await kept(door, call, tx);
        return found.ok ? door.keys.make(tx, call.principal, found.value.id, asked) : found;
      });
      if (!made.ok) return made;
      const { credential, text } = made.value;
      return replyOf({ ...grantKeyBody(credential, undefined), secret: text });
    },
  });

const revokeRoute = (door: KeyDoor): Route =>
  command({
    ...shared,
    path: '/api/grants/:id/keys/:key/commands/revoke',
    summary: 'Revoke a key: the next request with it is refused',
    response: GrantKeyResponse,
    handler: async (call, tx) => {
      const found = await kept(door, call, tx);
      if (!found.ok) return found;
      const key = call.params['key'] ?? '';
      const revoked = await door.keys.revoke(tx, call.principal, found.value, key);
      if (!revoked.ok) return revoked;
      return replyOf(grantKeyBody(revoked.value, (await door.keyUses(tx, [key])).get(key)));
    },
  });

/** The grant, where the caller sees it and keeps keys of it. */
async function kept(door: KeyDoor, call: Call<unknown>, reader: Reader): Promise<Result<Grant>> {
  const grant = (await door.store.find(reader, call.params['id'] ?? ''))?.grant;
  if (grant === undefined || !sees(sightOf(call.principal), grant)) return notFound();
  return mayKeepKeys(call.principal, grant) ? ok(grant) : err(refusal('forbidden'));
}

const isoOrNull = (at: Instant | null): string | null => (at === null ? null : isoOf(at));

export const grantKeyBody = (
  { id, label, person, createdAt, expiresAt, revokedAt }: Credential,
  use: KeyUse | undefined,
): GrantKeyResponse => ({
  id,
  label,
  person: person ?? null,
  createdAt: isoOf(createdAt),
  expiresAt: isoOrNull(expiresAt),
  revokedAt: isoOrNull(revokedAt),
  lastAskedAt: use?.lastAskedAt ?? null,
  permitted: use?.permitted ?? 0,
  denied: use?.denied ?? 0,
});
