import { type Credential, isUsable, type KeyService, type NewKey } from '../identity/index.js';
import type { Id } from '../kernel/ids.js';
import { actorOf, type Principal } from '../kernel/principal.js';
import { refusal } from '../kernel/refusal.js';
import { err, ok, type Result } from '../kernel/result.js';
import type { Role } from '../kernel/roles.js';
import type { Instant } from '../kernel/time.js';
import type { Reader, Transaction } from '../persistence/index.js';
import type { Grant } from './domain/grant.js';
import { decideKey } from './domain/keys.js';
import type { GrantStore } from './grant-store.js';

/** How often a key asked in the last thirty days, and when last. */
export interface KeyUse {
  readonly lastAskedAt: string;
  readonly permitted: number;
  readonly denied: number;
}
/** A key that asked nothing is not among them. */
export type KeyUses = (reader: Reader, keys: readonly Id[]) => Promise<ReadonlyMap<Id, KeyUse>>;

/** A key of a grant and what it is used for. */
export interface UsedKey {
  readonly key: Credential;
  readonly use: KeyUse | undefined;
}

const KEEPERS: readonly Role[] = ['handler', 'signatory', 'citizen'];

/** Who acts for the organisation of a grant keeps all its keys; persons whom it names keep their own. */
const keepsAll = ({ organisation, roles }: Principal, { approval }: Grant): boolean =>
  organisation?.id === approval.organisation && roles.some((role) => KEEPERS.includes(role));

const keeps =
  (principal: Principal, grant: Grant) =>
  ({ grant: of, person }: Credential): boolean =>
    of === grant.id && (keepsAll(principal, grant) || person === principal.id);

export const mayKeepKeys = (principal: Principal, grant: Grant): boolean =>
  keepsAll(principal, grant) || grant.approval.members.includes(principal.id);

/** Keys with which machines ask under one grant: made, shown once, replaced, revoked. */
export class GrantKeys {
  constructor(
    private readonly store: GrantStore,
    private readonly keys: KeyService,
  ) {}

  /** The caller has looked whether this person sees the grant and keeps keys of it. */
  async make(
    tx: Transaction,
    principal: Principal,
    id: Id,
    asked: { readonly label: string; readonly expiresAt: Instant | null },
  ): Promise<Result<NewKey>> {
    await tx.lock('grant', [id]);
    const grant = (await this.store.find(tx, id))?.grant;
    if (grant === undefined) return err(refusal('not-found'));
    const good = goodOf(await this.keys.ofGrant(tx, id), principal, grant, tx.now);
    const terms = decideKey(grant, principal.id, good.length, asked.expiresAt, tx.now);
    if (!terms.ok) return terms;
    const owner = grant.approval.organisation;
    const input = { kind: 'grant-key' as const, owner, grant: id, label: asked.label, ...terms.value };
    const made = await this.keys.make(tx, actorOf(principal), input);
    tell(tx, 'grant.key-made', principal, grant, made.credential);
    return ok(made);
  }

  /** At once and for good; also of a grant that has ended. */
  async revoke(tx: Transaction, principal: Principal, grant: Grant, key: Id): Promise<Result<Credential>> {
    const revoked = await this.keys.revoke(tx, actorOf(principal), key, keeps(principal, grant));
    if (revoked.ok) tell(tx, 'grant.key-revoked', principal, grant, revoked.value);
    return revoked;
  }

  /** Those that this person keeps, newest first. */
  async of(reader: Reader, principal: Principal, grant: Grant, uses: KeyUses): Promise<readonly UsedKey[]> {
    if (!mayKeepKeys(principal, grant)) return [];
    const keys = (await this.keys.ofGrant(reader, grant.id)).filter(keeps(principal, grant));
    const used = await uses(
      reader,
      keys.map(({ id }) => id),
    );
    return keys.map((key) => ({ key, use: used.get(key.id) }));
  }

  /** Whether another one can be made by this person now. */
  couldMake(principal: Principal, grant: Grant, keys: readonly UsedKey[], now: Instant): boolean {
    const good = goodOf(
      keys.map(({ key }) => key),
      principal,
      grant,
      now,
    );
    return mayKeepKeys(principal, grant) && decideKey(grant, principal.id, good.length, null, now).ok;
  }
}

/** Keys that are good now and ask for whom another one of this person would ask. */
function goodOf(keys: readonly Credential[], { id }: Principal, { approval }: Grant, now: Instant): Credential[] {
  const bearer = approval.members.length > 0 ? id : null;
  return keys.filter((key) => isUsable(key, now) && (key.person ?? null) === bearer);
}

/** Told of the grant too: its people are. */
function tell(tx: Transaction, event: string, principal: Principal, grant: Grant, { id, expiresAt }: Credential): void {
  const { application, dataset, organisation, holder } = grant.approval;
  tx.append({
    event,
    subject: { kind: 'grant', id: grant.id },
    actor: actorOf(principal),
    data: { application, dataset, organisation, holder, credential: id, expiresAt },
  });
}
