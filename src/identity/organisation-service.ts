import type { Id, Ids } from '../kernel/ids.js';
import type { Actor, OrganisationKind } from '../kernel/principal.js';
import { refusal } from '../kernel/refusal.js';
import { err, ok, type Result } from '../kernel/result.js';
import type { Text } from '../kernel/text.js';
import type { Transaction } from '../persistence/index.js';
import { type Organisation, organisationFault, resume, suspend } from './domain/organisation.js';
import type { IdentityStores } from './identity-stores.js';
import { lockWithAdministrators, otherAdministrators } from './last-administrator.js';
import type { SessionService } from './session-service.js';

export interface NewOrganisation {
  readonly name: Text;
  readonly creditCode: string | null;
  readonly kind: OrganisationKind;
  readonly parent: Id<'organisation'> | null;
  readonly identityKey?: string | null;
}

/** What is asked of a change: which version it was based on (`null`: any). */
export type Expected = (version: number) => Result<void>;

/** Organisations: added, renamed, suspended, resumed. Suspending one ends its sessions; its keys are refused at once. */
export class OrganisationService {
  constructor(
    private readonly stores: IdentityStores,
    private readonly sessions: SessionService,
    private readonly ids: Ids,
  ) {}

  async add(tx: Transaction, actor: Actor, input: NewOrganisation): Promise<Result<Organisation>> {
    const fault = organisationFault(input.kind, input.creditCode);
    if (fault !== null) return err(fault);
    if (input.creditCode !== null && (await this.stores.organisations.byCreditCode(tx, input.creditCode)) !== null) {
      return err(refusal('organisation-exists'));
    }
    if (input.parent !== null && (await this.stores.organisations.find(tx, input.parent)) === null) {
      const errors = [{ pointer: '/parent', code: 'unknown', detail: 'There is no such organisation.' }];
      return err(refusal('invalid-body', undefined, { errors }));
    }
    const organisation = organisationOf(this.ids.next<'organisation'>(), input);
    await this.stores.organisations.insert(tx, [organisation]);
    this.tell(tx, 'organisation.created', organisation, actor, {
      kind: organisation.kind,
      creditCode: organisation.creditCode,
    });
    return ok(organisation);
  }

  async suspend(
    tx: Transaction,
    actor: Actor,
    id: Id,
    expected: Expected,
    reason: string,
  ): Promise<Result<Organisation>> {
    const found = await this.locked(tx, id, expected);
    if (!found.ok) return found;
    const next = suspend(found.value, reason, tx.now);
    if (!next.ok) return next;
    await lockWithAdministrators(tx, this.stores, []);
    if (!(await otherAdministrators(tx, this.stores, { organisation: id }))) return err(refusal('last-administrator'));
    const saved = await this.stores.organisations.update(tx, next.value);
    this.tell(tx, 'organisation.suspended', saved, actor, { reason });
    await this.sessions.endAll(tx, { organisation: id }, 'organisation-suspended', actor);
    return ok(saved);
  }

  async resume(tx: Transaction, actor: Actor, id: Id, expected: Expected): Promise<Result<Organisation>> {
    const found = await this.locked(tx, id, expected);
    const next = found.ok ? resume(found.value) : found;
    if (!next.ok) return next;
    const saved = await this.stores.organisations.update(tx, next.value);
    this.tell(tx, 'organisation.resumed', saved, actor, {});
    return ok(saved);
  }

  private async locked(tx: Transaction, id: Id, expected: Expected): Promise<Result<Organisation>> {
    await tx.lock('organisation', [id]);
    const found = await this.stores.organisations.find(tx, id);
    if (found === null) return err(refusal('not-found'));
    const fits = expected(found.version);
    return fits.ok ? ok(found) : fits;
  }

  private tell(
    tx: Transaction,
    event: string,
    organisation: Organisation,
    actor: Actor,
    data: Record<string, unknown>,
  ): void {
    tx.append({ event, subject: { kind: 'organisation', id: organisation.id }, actor, data });
  }
}

export const organisationOf = (id: Id<'organisation'>, input: NewOrganisation): Organisation => ({
  id,
  name: input.name,
  creditCode: input.creditCode,
  kind: input.kind,
  state: 'active',
  parent: input.parent,
  suspendedAt: null,
  suspensionReason: null,
  identityKey: input.identityKey ?? null,
  version: 1,
});
