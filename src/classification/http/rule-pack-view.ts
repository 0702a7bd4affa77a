import { etagOf } from '../../kernel/etag.js';
import { accountsOf, type Principal } from '../../kernel/principal.js';
import { isoOf } from '../../kernel/time.js';
import { releaseCommands } from '../domain/pack-release.js';
import type { Pack } from '../domain/pack.js';
import type { RehearsalRow } from '../rehearsal-store.js';
import { releaseOf } from '../rule-pack-service.js';
import type { RulePackRow } from '../rule-pack-store.js';
import type { RehearsalBody, RulePackVersionBody } from './rule-pack-responses.js';

const instant = (at: number | null): string | null => (at === null ? null : isoOf(at));
const governs = ({ roles }: Principal): boolean => roles.some((role) => role === 'officer' || role === 'admin');

/** A version of a pack as the API shows it. */
export const versionView = (row: Omit<RulePackRow, 'content'>, principal: Principal): RulePackVersionBody => ({
  id: row.id,
  pack: row.pack,
  number: row.number,
  state: row.state,
  basedOn: row.based_on,
  hash: row.hash,
  reason: row.reason,
  author: row.author,
  proposedBy: row.proposed_by,
  publishedBy: row.published_by,
  createdAt: isoOf(row.created_at),
  proposedAt: instant(row.proposed_at),
  publishedAt: instant(row.published_at),
  allowedCommands: governs(principal) ? releaseCommands(releaseOf(row), accountsOf(principal)) : [],
  etag: etagOf(row.version),
});

/** The version in force, as somebody who wants to change it needs it. */
export function inForceView({ hash, ...content }: Pack): RulePackVersionBody {
  return {
    id: content.id,
    pack: content.id,
    number: content.version,
    state: 'published',
    basedOn: hash,
    hash,
    reason: '',
    author: null,
    proposedBy: null,
    publishedBy: null,
    createdAt: null,
    proposedAt: null,
    publishedAt: null,
    allowedCommands: [],
    content,
    etag: etagOf(content.version),
  };
}

export const rehearsalView = (row: RehearsalRow, principal: Principal): RehearsalBody => ({
  id: row.id,
  draft: row.draft,
  pack: row.pack,
  hash: row.hash,
  against: row.against,
  state: row.state,
  counts: { ...row.counts },
  startedBy: row.started_by,
  createdAt: isoOf(row.created_at),
  allowedCommands: row.state === 'running' && governs(principal) ? ['cancel'] : [],
  etag: etagOf(row.version),
});
