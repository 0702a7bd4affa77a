import { In } from 'typeorm';
import type { Id } from '../../kernel/ids.js';
import { type Reader, takeNumbers, type Transaction } from '../../persistence/index.js';
import { type Notice, type Series, seriesId } from '../domain/notice.js';
import type { NoticeFilter, NoticeStore } from '../notice-store.js';
import { NoticeRow, noticeTable } from './notice-rows.js';

/** Notices in the product's database, embedded or server; a unique key stops a number from being given twice. */
export class DatabaseNoticeStore implements NoticeStore {
  async take(
    tx: Transaction,
    wanted: readonly (Series & { readonly count: number })[],
  ): Promise<ReadonlyMap<string, number>> {
    const ordered = [...wanted].sort((a, b) => (seriesId(a) < seriesId(b) ? -1 : 1));
    await tx.lock('notice-series', ordered.map(seriesId));
    const firsts = new Map<string, number>();
    // The first of a year has no row to lock; its insertion holds it from there on.
    for (const series of ordered) {
      const { issuer, year, count } = series;
      const id = seriesId(series);
      firsts.set(id, (await takeNumbers(tx, 'notice_series', { id, issuer, year }, count)) - count + 1);
    }
    return firsts;
  }

  insert(tx: Transaction, notices: readonly Notice[]): Promise<void> {
    return noticeTable.insert(tx, notices.map(rowOf));
  }

  async find(reader: Reader, id: Id): Promise<Notice | null> {
    const row = await noticeTable.find(reader, id);
    return row === null ? null : noticeOf(row);
  }

  async withHash(reader: Reader, hash: string): Promise<Notice | null> {
    const row = await reader.manager.findOneBy(NoticeRow, { hash });
    return row === null ? null : noticeOf(row);
  }

  async list(reader: Reader, filter: NoticeFilter, limit: number, before: Id | null) {
    const query = filtered(reader, filter);
    const total = await query.getCount();
    if (before !== null) query.andWhere('r.id < :before', { before });
    const found = await query.orderBy('r.id', 'DESC').limit(limit).getMany();
    return { items: found.map(noticeOf), total };
  }

  async ofAny(reader: Reader, about: readonly Id[]) {
    if (about.length === 0) return [];
    const found = await reader.manager.find(NoticeRow, {
      select: { id: true, number: true, cause: true, about_id: true, issued_at: true },
      where: { about_id: In([...about]) },
    });
    return found.map(({ id, number, cause, about_id, issued_at }) => ({
      id,
      number,
      cause,
      about: about_id,
      at: issued_at,
    }));
  }
}

function filtered(reader: Reader, { about, grant, addressee, kind, seenBy }: NoticeFilter) {
  const query = reader.manager.createQueryBuilder(NoticeRow, 'r').where('1 = 1');
  for (const [at, one] of about.entries())
    query.andWhere(`r.about_kind = :kind${at} AND r.about_id = :id${at}`, {
      [`kind${at}`]: one.kind,
      [`id${at}`]: one.id,
    });
  if (grant !== undefined) {
    const own = `r.grant_id = :grant${grant.violations ? '' : " AND r.about_kind <> 'violation'"}`;
    const conclusion = "r.about_kind = 'application' AND r.about_id = :application AND r.cause = :concluded";
    query.andWhere(`((${own}) OR (${conclusion}))`, {
      grant: grant.id,
      application: grant.application ?? '',
      concluded: 'application.concluded',
    });
  }
  if (addressee !== undefined) query.andWhere('r.addressee = :addressee', { addressee });
  if (kind !== undefined) query.andWhere('r.kind = :kind', { kind });
  if (seenBy !== undefined)
    query.andWhere('(r.addressee = :own OR r.about_kind IN (:...all))', {
      own: seenBy.organisation ?? '',
      all: [...seenBy.all, ''],
    });
  return query;
}

const noticeOf = ({ about_kind, about_id, grant_id, issued_at, ...row }: NoticeRow): Notice => ({
  id: row.id,
  kind: row.kind,
  number: row.number,
  year: row.year,
  serial: row.serial,
  issuer: row.issuer,
  addressee: row.addressee,
  cause: row.cause,
  template: row.template,
  facts: row.facts,
  hash: row.hash,
  about: { kind: about_kind, id: about_id },
  grant: grant_id,
  issuedAt: issued_at,
});

const rowOf = ({ about, grant, issuedAt, ...notice }: Notice): NoticeRow => ({
  ...notice,
  version: 1,
  about_kind: about.kind,
  about_id: about.id,
  grant_id: grant,
  issued_at: issuedAt,
});
