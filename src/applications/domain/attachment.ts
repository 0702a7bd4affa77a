import type { Id } from '../../kernel/ids.js';
import type { Instant } from '../../kernel/time.js';

/** Bytes one attachment may have at most. */
export const ATTACHMENT_LIMIT = 20 * 1024 * 1024;
/** Bytes of all attachments an organisation may keep at a time. */
export const ATTACHMENTS_LIMIT = 1024 * 1024 * 1024;
/** Milliseconds after which a file that no request names is thrown away. */
export const UNNAMED_FOR = 7 * 86_400_000;

/** The kinds of document people attach, by the media type they are served with. OFD is the national document format. */
export const ATTACHMENT_TYPES = {
  'application/pdf': ['pdf'],
  'application/ofd': ['ofd'],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['docx'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['xlsx'],
  'image/png': ['png'],
  'image/jpeg': ['jpg', 'jpeg'],
  'text/plain': ['txt'],
  'text/csv': ['csv'],
} as const satisfies Readonly<Record<string, readonly string[]>>;
export type AttachmentType = keyof typeof ATTACHMENT_TYPES;

/** What a scan said: nothing where no scanner is configured. */
export const SCAN_STATES = ['clean', 'not-scanned'] as const;
export type ScanState = (typeof SCAN_STATES)[number];

/** A document that belongs to an organisation; its bytes are never changed. */
export interface Attachment {
  readonly id: Id;
  readonly organisation: Id;
  readonly name: string;
  readonly type: AttachmentType;
  readonly bytes: number;
  /** SHA-256, hexadecimal. */
  readonly sha256: string;
  readonly scan: ScanState;
  readonly uploadedBy: Id;
  readonly uploadedAt: Instant;
}

const startsWith = (head: Uint8Array, signature: readonly number[]): boolean =>
  signature.every((byte, at) => head[at] === byte);
const PDF = [0x25, 0x50, 0x44, 0x46, 0x2d];
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const JPEG = [0xff, 0xd8, 0xff];
const ZIP = [0x50, 0x4b, 0x03, 0x04];

/** What the first bytes say of a file, beside what its name says: containers and texts have no mark of their own. */
function contentFits(type: AttachmentType, head: Uint8Array): boolean {
  switch (type) {
    case 'application/pdf':
      return startsWith(head, PDF);
    case 'image/png':
      return startsWith(head, PNG);
    case 'image/jpeg':
      return startsWith(head, JPEG);
    case 'application/ofd':
    case 'application/vnd.openxmlformats-officedocument.wordprocessingml.document':
    case 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet':
      return startsWith(head, ZIP);
    case 'text/plain':
    case 'text/csv':
      return !head.includes(0) && ![PDF, PNG, JPEG, ZIP].some((signature) => startsWith(head, signature));
    default:
      return type satisfies never;
  }
}

/**
 * The type of a file by its name and its first bytes, which must agree; null where they do not, or the kind is none of
 * those taken. What a sender says the type is does not count.
 */
export function attachmentType(name: string, head: Uint8Array): AttachmentType | null {
  const extension = /\.([A-Za-z0-9]{1,5})$/.exec(name)?.[1]?.toLowerCase() ?? '';
  const found = (Object.keys(ATTACHMENT_TYPES) as AttachmentType[]).find((type) =>
    (ATTACHMENT_TYPES[type] as readonly string[]).includes(extension),
  );
  return found !== undefined && head.length > 0 && contentFits(found, head) ? found : null;
}

const LONGEST_NAME = 200;

/**
 * A file's name as it is kept and offered for saving: no folders, no characters that steer a terminal or turn the
 * reading direction, not hidden, not too long; the extension stays.
 */
export function cleanName(given: string): string {
  const base = given.split(/[/\\]/).at(-1) ?? '';
  const plain = base
    .normalize('NFC')
    .replaceAll(/[\p{Control}\p{Format}\p{Surrogate}"<>|:*?]/gu, '')
    .replace(/^[.\s]+/, '')
    .trim();
  const [, stem = plain, extension = ''] = /^(.*?)(\.[A-Za-z0-9]{1,5})?$/u.exec(plain) ?? [];
  return `${[...stem].slice(0, LONGEST_NAME).join('').trim() || 'attachment'}${extension}`;
}
