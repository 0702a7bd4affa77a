import type { Id } from '../kernel/ids.js';
import { isoOf } from '../kernel/time.js';
import type { Attachment } from './domain/attachment.js';

/** An attachment as its readers get it; the file itself lies with the case that names it, or with its own record. */
export function attachmentView({ id, name, type, bytes, sha256, scan, uploadedAt }: Attachment, application?: Id) {
  const place = application === undefined ? '/api/attachments' : `/api/applications/${application}/attachments`;
  return { id, name, type, bytes, sha256, scan, uploadedAt: isoOf(uploadedAt), href: `${place}/${id}/content` };
}
