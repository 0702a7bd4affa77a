import { createHash } from 'node:crypto';
import { In, IsNull } from 'typeorm';
import type { Id } from '../../kernel/ids.js';
import type { Instant } from '../../kernel/time.js';
import type { Reader, Transaction } from '../../persistence/index.js';
import type { AttachmentStore } from '../attachment-store.js';
import type { Attachment } from '../domain/attachment.js';
import { AttachmentPieceRow, AttachmentRow, attachmentTable, AttachmentUseRow } from './attachment-rows.js';

/** Bytes of one piece: well below what servers take in one statement (MariaDB's default is 16 MiB). */
const PIECE = 1024 * 1024;

const keyOf = ({ organisation, name, sha256 }: Pick<Attachment, 'organisation' | 'name' | 'sha256'>): string =>
  createHash('sha256')
    .update(JSON.stringify([organisation, name, sha256]))
    .digest('hex');

const attachmentOf = (row: AttachmentRow): Attachment => ({
  id: row.id,
  organisation: row.organisation,
  name: row.name,
  type: row.type,
  bytes: row.bytes,
  sha256: row.sha256,
  scan: row.scan,
  uploadedBy: row.uploaded_by,
  uploadedAt: row.uploaded_at,
});
const rowOf = (attachment: Attachment): AttachmentRow => {
  const { uploadedBy, uploadedAt, ...rest } = attachment;
  const more = { content_key: keyOf(attachment), dropped_at: null };
  return { ...rest, version: 1, uploaded_by: uploadedBy, uploaded_at: uploadedAt, ...more };
};

/** Attachments in either database. */
export class DatabaseAttachmentStore implements AttachmentStore {
  async find(reader: Reader, id: Id): Promise<Attachment | null> {
    return (await this.findMany(reader, [id]))[0] ?? null;
  }

  async findMany(reader: Reader, ids: readonly Id[]): Promise<readonly Attachment[]> {
    const rows = await attachmentTable.findMany(reader, ids);
    return rows.filter(({ dropped_at }) => dropped_at === null).map(attachmentOf);
  }

  async same(reader: Reader, like: Pick<Attachment, 'organisation' | 'sha256' | 'name'>): Promise<Attachment | null> {
    const row = await reader.manager.findOneBy(AttachmentRow, { content_key: keyOf(like) });
    return row === null ? null : attachmentOf(row);
  }

  async ofOrganisation(reader: Reader, organisation: Id, page: { offset: number; limit: number }) {
    const [rows, total] = await reader.manager.findAndCount(AttachmentRow, {
      where: { organisation, dropped_at: IsNull() },
      order: { uploaded_at: 'DESC', id: 'DESC' },
      skip: page.offset,
      take: page.limit,
    });
    return { items: rows.map(attachmentOf), total };
  }

  async bytesOf(reader: Reader, organisation: Id): Promise<number> {
    return (await reader.manager.sum(AttachmentRow, 'bytes', { organisation, dropped_at: IsNull() })) ?? 0;
  }

  async insert(tx: Transaction, attachment: Attachment, pieces: AsyncIterable<Uint8Array>): Promise<void> {
    await attachmentTable.insert(tx, [rowOf(attachment)]);
    let seq = 0;
    for await (const bytes of inPieces(pieces))
      await tx.manager.insert(AttachmentPieceRow, { attachment: attachment.id, seq: seq++, bytes });
  }

  async content(reader: Reader, { id, bytes, sha256 }: Attachment): Promise<Buffer | null> {
    const rows = await reader.manager.find(AttachmentPieceRow, { where: { attachment: id }, order: { seq: 'ASC' } });
    const whole = Buffer.concat(rows.map((row) => row.bytes));
    const intact = whole.length === bytes && createHash('sha256').update(whole).digest('hex') === sha256;
    return intact ? whole : null;
  }

  async use(tx: Transaction, application: Id, ids: readonly Id[]): Promise<void> {
    if (ids.length === 0) return;
    const there = await tx.manager.findBy(AttachmentUseRow, { application, attachment: In([...ids]) });
    const known = new Set(there.map(({ attachment }) => attachment));
    const missing = ids.filter((id) => !known.has(id)).map((attachment) => ({ attachment, application }));
    if (missing.length > 0) await tx.manager.insert(AttachmentUseRow, missing);
  }

  async isUsedBy(reader: Reader, application: Id, id: Id): Promise<boolean> {
    return reader.manager.existsBy(AttachmentUseRow, { application, attachment: id });
  }

  async isUsed(reader: Reader, id: Id): Promise<boolean> {
    return reader.manager.existsBy(AttachmentUseRow, { attachment: id });
  }

  async unused(reader: Reader, before: Instant, limit: number): Promise<readonly Id[]> {
    const rows = await reader.manager
      .createQueryBuilder(AttachmentRow, 'a')
      .select(['a.id', 'a.uploaded_at'])
      .where('a.dropped_at IS NULL AND a.uploaded_at < :before', { before: new Date(before) })
      .andWhere('NOT EXISTS (SELECT 1 FROM attachment_uses u WHERE u.attachment = a.id)')
      .orderBy('a.uploaded_at')
      .take(limit)
      .getMany();
    return rows.map(({ id }) => id);
  }

  async drop(tx: Transaction, id: Id): Promise<void> {
    const row = await attachmentTable.find(tx, id);
    if (row === null || row.dropped_at !== null) return;
    await tx.manager.delete(AttachmentPieceRow, { attachment: id });
    await attachmentTable.update(tx, { ...row, content_key: null, dropped_at: tx.now });
  }
}

/** The same bytes in pieces of one size, whatever sizes they arrive in. */
async function* inPieces(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let waiting: Buffer[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    waiting.push(Buffer.from(chunk));
    length += chunk.length;
    if (length < PIECE) continue;
    const whole = Buffer.concat(waiting);
    const full = whole.length - (whole.length % PIECE);
    for (let at = 0; at < full; at += PIECE) yield whole.subarray(at, at + PIECE);
    waiting = [whole.subarray(full)];
    length = whole.length - full;
  }
  if (length > 0) yield Buffer.concat(waiting);
}
