import type { Instant } from '../../kernel/time.js';
import type { Actor } from '../../kernel/principal.js';
import { canonicalJson } from '../../kernel/canonical.js';

/** One entry of the log as it stands. `rows` are the rows it left behind, by kind, id and content hash. */
export interface LogEntry {
  readonly position: number;
  readonly at: Instant;
  readonly event: string;
  readonly subject: { readonly kind: string; readonly id: string };
  readonly actor: Actor;
  readonly data: Readonly<Record<string, unknown>>;
  /** Salted commitments to personal values, by name: SHA-256 of salt and value. */
  readonly commitments: Readonly<Record<string, string>>;
  readonly rows: readonly { readonly kind: string; readonly id: string; readonly hash: string | null }[];
}

/** The text whose SHA-256 is the entry's leaf (RFC 6962 puts a zero byte before a leaf; the hasher adds it). */
export function leafText(entry: LogEntry): string {
  const rows = [...entry.rows].sort((a, b) => order(a.kind, b.kind) || order(a.id, b.id));
  return canonicalJson({ ...entry, rows });
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
