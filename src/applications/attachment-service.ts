import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { Id, Ids } from '../kernel/ids.js';
import { actorOf, type Principal, SYSTEM } from '../kernel/principal.js';
import { refusal } from '../kernel/refusal.js';
import { err, ok, type Result } from '../kernel/result.js';
import { type Kept, type Spool, TooLarge, type Transaction, type UnitOfWork } from '../persistence/index.js';
import type { Scanner } from './attachment-scan.js';
import type { AttachmentStore } from './attachment-store.js';
import {
  type Attachment,
  ATTACHMENT_LIMIT,
  ATTACHMENT_TYPES,
  ATTACHMENTS_LIMIT,
  type AttachmentType,
  attachmentType,
  cleanName,
  UNNAMED_FOR,
} from './domain/attachment.js';

export interface AttachmentDeps {
  readonly store: AttachmentStore;
  readonly spool: Spool;
  readonly ids: Ids;
  /** Nothing where the operator configured none: files are then marked as not scanned. */
  readonly scan: Scanner | null;
}

/** How many bytes tell what a file is. */
const HEAD = 4096;
const SWEPT_AT_ONCE = 50;

/** Takes documents of applicants in, and throws away those that no request names. */
export class AttachmentService {
  constructor(private readonly deps: AttachmentDeps) {}

  /**
   * Keeps an upload of the caller's organisation. It lies in the spool until type, scan and room are known; what is
   * refused leaves nothing behind. The same file under the same name again is the attachment there is.
   */
  async take(
    unit: UnitOfWork,
    principal: Principal,
    given: { readonly name: string; readonly body: Readable },
  ): Promise<Result<Attachment>> {
    const organisation = principal.organisation?.id;
    if (organisation === undefined) return err(refusal('forbidden'));
    const id = this.deps.ids.next();
    const name = cleanName(given.name);
    try {
      const kept = await this.deps.spool.keep(id, given.body, ATTACHMENT_LIMIT);
      const seen = await this.look(id, name);
      if (!seen.ok) return seen;
      const like = { id, organisation, name, ...seen.value };
      return await unit.run((tx) => this.enter(tx, principal, like, kept));
    } catch (error) {
      if (error instanceof TooLarge) return err(refusal('attachment-too-large'));
      throw error;
    } finally {
      await this.deps.spool.drop(id);
    }
  }

  /** Throws away what nobody named for a week. Returns how many. */
  async letTimeAct(unit: UnitOfWork): Promise<number> {
    const { store } = this.deps;
    const old = await unit.read((reader) => store.unused(reader, reader.now - UNNAMED_FOR, SWEPT_AT_ONCE));
    for (const id of old) {
      await unit.run(async (tx) => {
        await tx.lock('attachment', [id]);
        if ((await store.find(tx, id)) === null || (await store.isUsed(tx, id))) return ok(undefined);
        await store.drop(tx, id);
        tx.append({ event: 'attachment.dropped', subject: { kind: 'attachment', id }, actor: SYSTEM, data: {} });
        return ok(undefined);
      });
    }
    return old.length;
  }

  /** What the file is, and what the scanner says of it. */
  private async look(id: Id, name: string): Promise<Result<Pick<Attachment, 'type' | 'scan'>>> {
    const { spool, scan } = this.deps;
    const type = attachmentType(name, await headOf(spool.path(id)));
    if (type === null) return err(unknownType(name));
    if (scan === null) return ok({ type, scan: 'not-scanned' });
    const said = await scan(spool.path(id));
    if (said === 'infected') return err(refusal('attachment-infected'));
    return said === 'failed' ? err(refusal('scan-failed')) : ok({ type, scan: 'clean' });
  }

  private async enter(
    tx: Transaction,
    principal: Principal,
    like: Pick<Attachment, 'id' | 'organisation' | 'name' | 'type' | 'scan'>,
    { bytes, sha256 }: Kept,
  ): Promise<Result<Attachment>> {
    const { store, spool } = this.deps;
    // Two uploads of one organisation take turns: neither looks for room while the other fills it.
    await tx.lock('organisation', [like.organisation]);
    const there = await store.same(tx, { ...like, sha256 });
    if (there !== null) return ok(there);
    if ((await store.bytesOf(tx, like.organisation)) + bytes > ATTACHMENTS_LIMIT)
      return err(refusal('attachments-full'));
    const attachment = { ...like, bytes, sha256, uploadedBy: principal.id, uploadedAt: tx.now };
    await store.insert(tx, attachment, spool.read(like.id));
    const { id, organisation, type, scan } = attachment;
    const data = { organisation, type, bytes, sha256, scan };
    tx.append({ event: 'attachment.uploaded', subject: { kind: 'attachment', id }, actor: actorOf(principal), data });
    return ok(attachment);
  }
}

async function headOf(path: string): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD), 0, HEAD, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function unknownType(name: string) {
  const taken = (Object.keys(ATTACHMENT_TYPES) as AttachmentType[]).flatMap((type) => [...ATTACHMENT_TYPES[type]]);
  const detail = `${name} is none of ${taken.join(', ')}, or holds something else than its name says.`;
  return refusal('attachment-type', detail, { extra: { taken } });
}
