import { LessThanOrEqual, MoreThan } from 'typeorm';
import type { Id } from '../../kernel/ids.js';
import type { Instant } from '../../kernel/time.js';
import type { Reader, Transaction } from '../../persistence/index.js';
import type { Invitation, InvitationState } from '../domain/invitation.js';
import type { InvitationSight, InvitationStore } from '../invitation-store.js';
import { InvitationRow, invitationTable } from './invitation-row.js';

/** Invitations in the product's database, embedded or server. */
export class DatabaseInvitationStore implements InvitationStore {
  find = (reader: Reader, id: Id): Promise<Invitation | null> => invitationTable.find(reader, id);
  insert = (tx: Transaction, row: Invitation): Promise<void> => invitationTable.insert(tx, [{ ...row }]);
  update = (tx: Transaction, row: Invitation): Promise<Invitation> => invitationTable.update(tx, { ...row });

  byTicket(reader: Reader, ticket: Id): Promise<Invitation | null> {
    return reader.manager.findOneBy(InvitationRow, { ticket });
  }

  async list(
    reader: Reader,
    sight: InvitationSight,
    state: InvitationState | undefined,
    limit: number,
    offset: number,
  ): Promise<{ readonly items: readonly Invitation[]; readonly total: number }> {
    const query = reader.manager.createQueryBuilder(InvitationRow, 'r');
    if ('organisation' in sight) query.where('r.organisation = :organisation', sight);
    else query.where("r.role = 'signatory' AND r.state IN (:...seen)", { seen: ['awaiting', 'accepted', 'refused'] });
    if (state !== undefined) query.andWhere('r.state = :state', { state });
    const [items, total] = await query.orderBy('r.id', 'DESC').skip(offset).take(limit).getManyAndCount();
    return { items, total };
  }

  sentSince(reader: Reader, organisation: Id, since: Instant): Promise<readonly Invitation[]> {
    return reader.manager.findBy(InvitationRow, { organisation, sentAt: MoreThan(since) });
  }

  async endedBefore(reader: Reader, before: Instant, limit: number): Promise<readonly Id[]> {
    const found = await reader.manager.find(InvitationRow, {
      select: { id: true },
      where: { state: 'open', expiresAt: LessThanOrEqual(before) },
      order: { expiresAt: 'ASC' },
      take: limit,
    });
    return found.map(({ id }) => id);
  }
}
