import type { Principal } from '../kernel/principal.js';
import { type Day, dayOf, type Instant } from '../kernel/time.js';
import type { TakenDecision } from './access/ports.js';
import type { AccessPolicy } from './domain/policy.js';

/** How many decisions that were asked for with a key ended in this way on a day, and when the last. */
export interface PortalCount {
  readonly day: Day;
  /** Empty where the key is a grant's. */
  readonly portal: string;
  readonly credential: string;
  readonly reason: string;
  readonly permit: boolean;
  readonly count: number;
  readonly lastAt: Instant;
}

interface Asked {
  readonly asker: Principal;
  readonly policy: AccessPolicy;
  readonly minute: number;
  /** By the row of the policy that decided. */
  readonly byRow: Uint32Array;
  lastAt: Instant;
}

/** A day of Asia/Shanghai begins on a full minute, so a minute has one day. */
const MINUTE = 60_000;

/** Counts what portals and machines ask in plain numbers; a run of decisions for one asker costs no look-up. */
export class PortalTally {
  private counts = new Map<string, PortalCount>();
  private readonly asked = new Map<Principal, Asked>();
  private last: Asked | null = null;

  add({ asker, at, policy, outcome }: TakenDecision): void {
    if (asker.kind !== 'portal' && asker.kind !== 'machine') return;
    const minute = Math.floor(at / MINUTE);
    if (this.last?.asker !== asker || this.last.policy !== policy || this.last.minute !== minute)
      this.last = this.turn(asker, policy, minute);
    const { byRow } = this.last;
    byRow[outcome.row] = (byRow[outcome.row] ?? 0) + 1;
    this.last.lastAt = at;
  }

  take(): PortalCount[] {
    for (const one of this.asked.values()) this.fold(one);
    this.asked.clear();
    this.last = null;
    const counts = [...this.counts.values()];
    this.counts = new Map();
    return counts;
  }

  /** Counts that could not be written go with the next ones. */
  giveBack(counts: readonly PortalCount[]): void {
    for (const one of counts) this.count(one);
  }

  private turn(asker: Principal, policy: AccessPolicy, minute: number): Asked {
    const known = this.asked.get(asker);
    if (known?.policy === policy && known.minute === minute) return known;
    if (known !== undefined) this.fold(known);
    const anew = { asker, policy, minute, byRow: new Uint32Array(policy.rows.length), lastAt: 0 };
    this.asked.set(asker, anew);
    return anew;
  }

  private fold({ asker, policy, minute, byRow, lastAt }: Asked): void {
    const portal = asker.kind === 'portal' ? asker.id : '';
    const same = { day: dayOf(minute * MINUTE), portal, credential: asker.credential ?? '', lastAt };
    byRow.forEach((count, row) => {
      const { reason = 'no-rule', effect = 'deny' } = policy.rows[row] ?? {};
      if (count > 0) this.count({ ...same, reason, permit: effect === 'allow', count });
    });
  }

  private count(one: PortalCount): void {
    const key = [one.day, one.portal, one.credential, one.reason, one.permit].join(' ');
    const known = this.counts.get(key);
    if (known === undefined) this.counts.set(key, one);
    else
      this.counts.set(key, {
        ...known,
        count: known.count + one.count,
        lastAt: Math.max(known.lastAt, one.lastAt),
      });
  }
}
