import type { Id, Ids } from '../kernel/ids.js';
import type { Actor } from '../kernel/principal.js';
import { refusal } from '../kernel/refusal.js';
import { err, ok, type Result } from '../kernel/result.js';
import type { Instant } from '../kernel/time.js';
import type { Reader, Transaction } from '../persistence/index.js';
import type { Credential, Portal } from './domain/credential.js';
import type { IdentityStores } from './identity-stores.js';
import type { KeyService, NewKey } from './key-service.js';
import type { Expected } from './organisation-service.js';

export interface NewPortal {
  readonly clientId: string;
  readonly name: string;
  readonly organisation: Id<'organisation'>;
  /** Left out where it is registered for everyone. */
  readonly serves?: readonly Id<'organisation'>[] | undefined;
}

/** Portals and what they authenticate with. */
export class PortalService {
  constructor(
    private readonly stores: IdentityStores,
    private readonly machineKeys: KeyService,
    private readonly ids: Ids,
  ) {}

  async add(tx: Transaction, actor: Actor, input: NewPortal): Promise<Result<Portal>> {
    await tx.lock('organisation', [input.organisation], 'share');
    if ((await this.stores.organisations.find(tx, input.organisation))?.state !== 'active') {
      const errors = [{ pointer: '/organisation', code: 'unknown', detail: 'There is no such active organisation.' }];
      return err(refusal('invalid-body', undefined, { errors }));
    }
    const known = await this.areKnown(tx, input.serves ?? []);
    if (!known.ok) return known;
    if ((await this.stores.portals.byClientId(tx, input.clientId)) !== null) return err(refusal('client-id-taken'));
    const portal: Portal = {
      id: this.ids.next<'portal'>(),
      ...input,
      serves: input.serves ?? null,
      state: 'active',
      version: 1,
    };
    await this.stores.portals.insert(tx, [portal]);
    this.tell(tx, 'portal.created', portal, actor);
    return ok(portal);
  }

  async setState(
    tx: Transaction,
    actor: Actor,
    id: Id,
    expected: Expected,
    state: Portal['state'],
  ): Promise<Result<Portal>> {
    const portal = await this.stores.portals.find(tx, id);
    if (portal === null) return err(refusal('not-found'));
    const fits = expected(portal.version);
    if (!fits.ok) return fits;
    if (portal.state === state) return err(refusal('already-so'));
    const saved = await this.stores.portals.update(tx, { ...portal, state });
    this.tell(tx, state === 'off' ? 'portal.switched-off' : 'portal.switched-on', saved, actor);
    return ok(saved);
  }

  /** Registers it for these organisations and their people alone, or again for everyone. */
  async serve(
    tx: Transaction,
    actor: Actor,
    id: Id,
    expected: Expected,
    serves: readonly Id<'organisation'>[] | undefined,
  ): Promise<Result<Portal>> {
    const portal = await this.stores.portals.find(tx, id);
    if (portal === null) return err(refusal('not-found'));
    const fits = expected(portal.version);
    if (!fits.ok) return fits;
    const known = await this.areKnown(tx, serves ?? []);
    if (!known.ok) return known;
    const saved = await this.stores.portals.update(tx, { ...portal, serves: serves ?? null });
    this.tell(tx, 'portal.subjects-changed', saved, actor);
    return ok(saved);
  }

  private async areKnown(tx: Transaction, organisations: readonly Id<'organisation'>[]): Promise<Result<void>> {
    const found = new Set((await this.stores.organisations.findMany(tx, organisations)).map(({ id }) => id));
    const at = organisations.findIndex((id) => !found.has(id));
    if (at < 0) return ok(undefined);
    const errors = [{ pointer: `/serves/${at}`, code: 'unknown', detail: 'There is no such organisation.' }];
    return err(refusal('invalid-body', undefined, { errors }));
  }

  /** A new API key or client secret. Earlier ones stay good, so that a portal can change over without a gap. */
  async addKey(
    tx: Transaction,
    actor: Actor,
    portal: Id,
    input: { readonly kind: 'api-key' | 'client-secret'; readonly label: string; readonly expiresAt: Instant | null },
  ): Promise<Result<NewKey>> {
    if ((await this.stores.portals.find(tx, portal)) === null) return err(refusal('not-found'));
    return ok(await this.machineKeys.make(tx, actor, { ...input, owner: portal }));
  }

  revokeKey = (tx: Transaction, actor: Actor, portal: Id, id: Id): Promise<Result<Credential>> =>
    this.machineKeys.revoke(tx, actor, id, ({ owner }) => owner === portal);

  find = (reader: Reader, id: Id): Promise<Portal | null> => this.stores.portals.find(reader, id);
  list = (reader: Reader, limit: number, offset: number) => this.stores.portals.list(reader, limit, offset);

  /** Keys and secrets of a portal, without what they consist of. */
  keysOf = (reader: Reader, portal: Id): Promise<readonly Credential[]> =>
    this.stores.credentials.allOf(reader, portal);

  private tell(tx: Transaction, event: string, { id, organisation, clientId, serves }: Portal, actor: Actor): void {
    const data = { organisation, clientId, ...(serves === null ? {} : { serves: [...serves] }) };
    tx.append({ event, subject: { kind: 'portal', id }, actor, data });
  }
}
