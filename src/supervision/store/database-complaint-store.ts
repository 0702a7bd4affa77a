import { Brackets, type SelectQueryBuilder } from 'typeorm';
import type { Id } from '../../kernel/ids.js';
import { addDays, type Day, type Instant } from '../../kernel/time.js';
import { type Reader, takeNumbers, type Transaction } from '../../persistence/index.js';
import type { ComplaintFilter, ComplaintSight, ComplaintStore, StoredComplaint } from '../complaint-store.js';
import { type Complaint, type ComplaintKind, isRunning } from '../domain/complaint.js';
import type { Part } from '../supervision-stores.js';
import { ComplaintRow, complaintTable } from './complaint-row.js';
import { matching, newestFirst } from './listed.js';

const OVER = ['answered', 'taken-back'];

/** Complaints in the product's database, embedded or server. */
export class DatabaseComplaintStore implements ComplaintStore {
  async find(reader: Reader, id: Id): Promise<StoredComplaint | null> {
    const row = await complaintTable.find(reader, id);
    return row === null ? null : stored(row);
  }

  async list(
    reader: Reader,
    sight: ComplaintSight,
    { mine, running, overdueOn, ...filter }: ComplaintFilter,
    limit: number,
    before: Id | null,
  ): Promise<Part<StoredComplaint>> {
    const query = matching(rows(reader), { ...filter });
    if (mine !== undefined) query.andWhere(OWN, { person: mine.person, organisation: mine.organisation ?? '' });
    if (running) query.andWhere('r.due IS NOT NULL');
    if (overdueOn !== undefined) query.andWhere('r.due < :today', { today: overdueOn });
    const { rows: found, total } = await newestFirst(seen(query, sight, filter.number !== undefined), limit, before);
    return { items: found.map(stored), total };
  }

  async openOn(reader: Reader, dataset: Id): Promise<readonly StoredComplaint[]> {
    const found = await rows(reader)
      .where('r.dataset = :dataset AND r.state NOT IN (:...over)', { dataset, over: OVER })
      .orderBy('r.id', 'ASC')
      .getMany();
    return found.map(stored);
  }

  async openBy(reader: Reader, person: Id): Promise<readonly Complaint[]> {
    const found = await rows(reader)
      .where('r.person = :person AND r.state NOT IN (:...over)', { person, over: OVER })
      .orderBy('r.id', 'ASC')
      .getMany();
    return found.map(({ body }) => body);
  }

  unfoundedBy(reader: Reader, person: Id, since: Instant): Promise<number> {
    return rows(reader)
      .where('r.person = :person AND r.unfounded = 1', { person })
      .andWhere('r.ended_at >= :since', { since: reader.instantValue(since) })
      .getCount();
  }

  ofVisitors(reader: Reader, since: Instant): Promise<number> {
    return rows(reader)
      .where('r.person IS NULL')
      .andWhere('r.filed_at >= :since', { since: reader.instantValue(since) })
      .getCount();
  }

  async due(reader: Reader, today: Day, limit: number): Promise<readonly Id[]> {
    const found = await rows(reader)
      .select(['r.id'])
      .where('r.acts_on <= :today', { today })
      .orderBy('r.acts_on', 'ASC')
      .addOrderBy('r.id', 'ASC')
      .limit(limit)
      .getMany();
    return found.map(({ id }) => id);
  }

  async all(reader: Reader): Promise<readonly Complaint[]> {
    const found: { body: string }[] = await reader.manager.query('SELECT body FROM complaints');
    return found.map(({ body }) => JSON.parse(body));
  }

  nextNumber(tx: Transaction, about: ComplaintKind, year: number): Promise<number> {
    return takeNumbers(tx, 'complaint_numbers', { about, year });
  }

  insert(tx: Transaction, complaint: Complaint): Promise<void> {
    return complaintTable.insert(tx, [rowOf(complaint, 1)]);
  }

  async update(tx: Transaction, before: StoredComplaint, next: Complaint): Promise<StoredComplaint> {
    return stored(await complaintTable.update(tx, rowOf(next, before.version)));
  }
}

const rows = (reader: Reader) => reader.manager.createQueryBuilder(ComplaintRow, 'r');
const stored = ({ body, version }: ComplaintRow): StoredComplaint => ({ complaint: body, version });
const OWN = '(r.person = :person OR r.organisation = :organisation)';

/**
 * An objection that was answered is everyone's, and how one stands that is `named` by its number; a complaint about
 * rights stays with those it concerns.
 */
function seen(query: SelectQueryBuilder<ComplaintRow>, sight: ComplaintSight, named: boolean) {
  if (sight.everything) return query;
  const { person, organisation, holder } = sight;
  return query.andWhere(
    new Brackets((either) =>
      either
        .where(named ? "r.about = 'quality'" : "(r.about = 'quality' AND r.state = 'answered')")
        .orWhere('r.person = :seer', { seer: person ?? '' })
        .orWhere('r.organisation = :own', { own: organisation ?? '' })
        .orWhere('r.holder = :held', { held: holder ?? '' }),
    ),
  );
}

function rowOf(complaint: Complaint, version: number): ComplaintRow {
  const running = isRunning(complaint);
  return {
    id: complaint.id,
    version,
    number: complaint.number,
    about: complaint.about,
    state: complaint.state,
    dataset: complaint.dataset,
    holder: complaint.holder,
    person: complaint.person,
    organisation: complaint.organisation,
    filed_at: complaint.filedAt,
    ended_at: complaint.endedAt,
    unfounded: complaint.answer?.manifestly ?? false,
    due: running ? complaint.due : null,
    acts_on: running && !complaint.overdue ? addDays(complaint.due, 1) : null,
    body: complaint,
  };
}
