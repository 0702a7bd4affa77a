import { In, MoreThanOrEqual } from 'typeorm';
import type { Id } from '../../kernel/ids.js';
import type { Instant } from '../../kernel/time.js';
import { insertRows, type Reader, type Transaction } from '../../persistence/index.js';
import type { MailKind, MailState } from '../domain/mailing.js';
import type { Mail, MailFigures, MailStore } from '../mail/mail-ports.js';
import { MailRow } from './mail-rows.js';

/** Mails in the product's database, embedded or server. */
export class DatabaseMailStore implements MailStore {
  insert(tx: Transaction, mails: readonly Mail[]): Promise<void> {
    return insertRows(tx.manager, MailRow, mails);
  }

  find(reader: Reader, id: Id): Promise<Mail | null> {
    return reader.manager.findOneBy(MailRow, { id });
  }

  async due(reader: Reader, limit: number): Promise<readonly Id[]> {
    const found = await rows(reader)
      .select(['r.id'])
      .where('r.state = :state AND r.next_at <= :now', { state: 'waiting', now: reader.instantValue(reader.now) })
      .orderBy('r.next_at', 'ASC')
      .addOrderBy('r.id', 'ASC')
      .limit(limit)
      .getMany();
    return found.map(({ id }) => id);
  }

  async update(tx: Transaction, { id, ...columns }: Mail): Promise<void> {
    await tx.manager.update(MailRow, { id }, columns);
  }

  async made(reader: Reader, kind: MailKind, about: string, people: readonly Id[]): Promise<ReadonlySet<Id>> {
    const found = await reader.manager.findBy(MailRow, { kind, about, person: In([...people]) });
    return new Set(found.map(({ person }) => person));
  }

  async madeSince(reader: Reader, kind: MailKind, person: Id, since: Instant): Promise<readonly string[]> {
    const found = await reader.manager.findBy(MailRow, { kind, person, madeAt: MoreThanOrEqual(since) });
    return found.map(({ about }) => about);
  }

  async list(reader: Reader, { state }: { readonly state?: MailState }, limit: number, before: Id | null) {
    const query = rows(reader);
    if (state !== undefined) query.where('r.state = :state', { state });
    const total = await query.getCount();
    if (before !== null) query.andWhere('r.id < :before', { before });
    return { items: await query.orderBy('r.id', 'DESC').limit(limit).getMany(), total };
  }

  async figures(reader: Reader): Promise<MailFigures> {
    const [oldest] = await reader.manager.find(MailRow, { where: { state: 'waiting' }, order: { id: 'ASC' }, take: 1 });
    const [told] = await rows(reader)
      .where('r.state IN (:...states) AND r.last_error IS NOT NULL', { states: ['waiting', 'failed'] })
      .orderBy('r.id', 'DESC')
      .limit(1)
      .getMany();
    return {
      waiting: await reader.manager.countBy(MailRow, { state: 'waiting' }),
      failed: await reader.manager.countBy(MailRow, { state: 'failed' }),
      oldest: oldest?.madeAt ?? null,
      lastError: told?.lastError ?? null,
    };
  }

  async forgetBefore(tx: Transaction, before: Instant, limit: number): Promise<number> {
    const found = await rows(tx)
      .select(['r.id'])
      .where('r.state <> :waiting AND r.made_at < :before', { waiting: 'waiting', before: tx.instantValue(before) })
      .limit(limit)
      .getMany();
    const ids = found.map(({ id }) => id);
    if (ids.length > 0) await tx.manager.delete(MailRow, ids);
    return ids.length;
  }
}

const rows = (reader: Reader) => reader.manager.createQueryBuilder(MailRow, 'r');
