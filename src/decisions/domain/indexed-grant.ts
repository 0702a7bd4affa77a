/** Stored state of a grant as a small number; `not-yet` and `ended by time` are computed from the period. */
export const STATE = { pending: 1, active: 2, limited: 3, suspended: 4, ended: 5, revoked: 6 } as const;
export type StateCode = (typeof STATE)[keyof typeof STATE];

/** One grant with everything interned: what the index keeps of it. Times are milliseconds, periods half-open. */
export interface IndexedGrant {
  readonly id: string;
  readonly version: number;
  readonly organisation: number;
  readonly dataset: number;
  readonly start: number;
  readonly end: number;
  /** First instant at which a condition of the grant is no longer proven; Infinity where none can lapse. */
  readonly conditionsUntil: number;
  /** Number of an item set, or 0 for the whole dataset. */
  readonly items: number;
  /** Number of the accepted agreement version, or 0 where none was accepted. */
  readonly agreement: number;
  /** The holder has yet to sign that version. */
  readonly atHolder?: boolean;
  /** Bit per purpose category. */
  readonly purposes: number;
  /** Bit per delivery. */
  readonly deliveries: number;
  readonly state: StateCode;
  /** Given between public bodies: it serves under the sharing tier and never counts as opening. */
  readonly sharing?: boolean;
  /** False when the stored row is not the newest one the log names for this grant. */
  readonly intact: boolean;
  readonly members?: readonly string[];
  readonly quota?: number;
  readonly application?: string;
}
