import type { Id } from '../../kernel/ids.js';
import type { Text } from '../../kernel/text.js';
import type { Instant } from '../../kernel/time.js';

/** A number, a name, a text of somebody; in each language its own where it is ours. */
export type Fact = string | Text;
export type FactRow = Readonly<Record<string, Fact>>;

/** What stands in the places of a notice: told when it was issued, and never looked up again. */
export interface NoticeFacts {
  readonly values: FactRow;
  readonly lists: Readonly<Record<string, readonly FactRow[]>>;
}

/** The page a notice belongs to: who may see that one may see the notice, and nobody else. */
export const NOTICE_SUBJECTS = ['application', 'grant', 'violation'] as const;
export type NoticeSubject = (typeof NOTICE_SUBJECTS)[number];

/** A numbered document about one official act, addressed to the organisation it concerns. It never changes. */
export interface Notice {
  readonly id: Id;
  /** Name of its template in `policies/notices.yaml`. */
  readonly kind: string;
  /** `number` as it is printed; `year` and `serial` count without gaps for each issuing body. */
  readonly number: string;
  readonly year: number;
  readonly serial: number;
  readonly issuer: Id;
  readonly addressee: Id;
  readonly about: { readonly kind: NoticeSubject; readonly id: Id };
  /** The grant it is about, also where it is read on another page. */
  readonly grant: Id | null;
  /** The event that it tells of. */
  readonly cause: string;
  /** Hash of the template it is written from. */
  readonly template: string;
  readonly facts: NoticeFacts;
  readonly issuedAt: Instant;
  /** SHA-256 of its content (notice-file.ts). */
  readonly hash: string;
}

/** One sequence of numbers: of a body, in a year of Asia/Shanghai. */
export interface Series {
  readonly issuer: Id;
  readonly year: number;
}
export const seriesId = ({ issuer, year }: Series): string => `${issuer}-${year}`;
