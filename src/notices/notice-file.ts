import { createHash } from 'node:crypto';
import { canonicalJson } from '../kernel/canonical.js';
import { dayOf, isoOf } from '../kernel/time.js';
import type { Notice } from './domain/notice.js';
import { type IssuedTemplate, written } from './domain/template.js';

const hashOf = (content: unknown): string => createHash('sha256').update(canonicalJson(content)).digest('hex');

export const templateHash = (template: IssuedTemplate): string => hashOf(template);

/** What a notice says, in both languages, and what it was written from. */
function contentOf(notice: Omit<Notice, 'hash'>, template: IssuedTemplate) {
  const { id, kind, number, issuer, addressee, about, cause, facts, issuedAt } = notice;
  const { version, frame } = template;
  const content = {
    id,
    kind,
    number,
    issuer: { id: issuer, name: facts.values['issuer'] ?? '' },
    addressee: { id: addressee, name: facts.values['addressee'] ?? '' },
    about,
    cause,
    issuedAt: isoOf(issuedAt),
    issuedOn: dayOf(issuedAt),
    template: { version, frame: frame.version, hash: notice.template },
    facts,
    zh: written(template, facts, 'zh'),
    en: written(template, facts, 'en'),
  };
  // As JSON has it: what is undefined is absent, and the hash of what was read back is the same.
  return JSON.parse(JSON.stringify(content)) as typeof content;
}

/**
 * A notice as it leaves the product. `hash` is the SHA-256 of the canonical JSON of `notice`; paper and log name the same.
 * Everything in it is kept or follows from what is kept, so it is the same for ever.
 */
export interface NoticeFile {
  readonly format: 'tiergate-notice/1';
  readonly notice: ReturnType<typeof contentOf>;
  readonly hash: string;
}

export const noticeHash = (notice: Omit<Notice, 'hash'>, template: IssuedTemplate): string =>
  hashOf(contentOf(notice, template));

/** Throws where what is kept no longer gives what was issued: nobody is handed a paper that says something else. */
export function noticeFileOf(notice: Notice, template: IssuedTemplate): NoticeFile {
  const content = contentOf(notice, template);
  const hash = hashOf(content);
  if (hash !== notice.hash || templateHash(template) !== notice.template)
    throw new Error(`notice ${notice.id} is not what was issued`);
  return { format: 'tiergate-notice/1', notice: content, hash };
}
