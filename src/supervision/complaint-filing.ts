import type { Id, Ids } from '../kernel/ids.js';
import type { Principal } from '../kernel/principal.js';
import { type Refusal, refusal } from '../kernel/refusal.js';
import { err, ok, type Result } from '../kernel/result.js';
import { addDays, addMonths, type Day, dayOf, type Instant, startOfDay } from '../kernel/time.js';
import type { Transaction } from '../persistence/index.js';
import type { ComplaintStore } from './complaint-store.js';
import {
  type Complaint,
  type ComplaintEvent,
  complaintEvent,
  type ComplaintKind,
  type ComplaintRight,
  type Filed,
  type QualityFault,
} from './domain/complaint.js';
import { type ComplaintRules, suspendsAtOnce } from './domain/complaint-rules.js';
import type { ComplaintFiles, SupervisionSurroundings, WorkingDays } from './supervision-ports.js';

/** A complaint as somebody files it. */
export type ComplaintRequest = Pick<
  Filed,
  'dataset' | 'items' | 'distribution' | 'reason' | 'evidence' | 'attachments' | 'onBehalfOf'
> &
  (
    | { readonly about: 'quality'; readonly fault: QualityFault; readonly right: null }
    | { readonly about: 'rights'; readonly fault: null; readonly right: ComplaintRight }
  );

export interface FilingDeps {
  readonly rules: ComplaintRules;
  readonly calendar: WorkingDays;
  readonly store: ComplaintStore;
  readonly files: ComplaintFiles;
  readonly ids: Ids;
  readonly surroundings: SupervisionSurroundings;
}

const DAY_SECONDS = 86_400;
const LETTERS: Readonly<Record<ComplaintKind, string>> = { quality: 'Q', rights: 'R' };

/** What a complaint has to pass to be taken: there is such data, it is not one's own, and nobody buries the holder. */
export class ComplaintFiling {
  constructor(private readonly deps: FilingDeps) {}

  /** The event that makes it. The account, then the dataset, are locked, so that limits hold for several at a time. */
  async take(tx: Transaction, principal: Principal, request: ComplaintRequest): Promise<Result<ComplaintEvent>> {
    const visitor = principal.kind === 'anonymous';
    if (principal.kind === 'portal') return err(refusal('forbidden'));
    if (visitor && request.about === 'rights') return err(refusal('sign-in-required'));
    if (!visitor) await tx.lock('person', [principal.id]);
    await tx.lock('dataset', [request.dataset]);
    const holder = await this.holderOf(tx, principal, request);
    if (!holder.ok) return holder;
    const open = visitor ? [] : await this.deps.store.openBy(tx, principal.id);
    const barred = (visitor ? await this.visitorsBar(tx, request.dataset) : null) ?? this.accountBar(open, request);
    if (barred !== null) return err(barred);
    const unknown = await this.unknownFile(tx, principal, request.attachments);
    if (unknown !== null) return err(unknown);
    return ok(
      complaintEvent('complaint.filed', tx.now, {
        ...request,
        holder: holder.value,
        number: await this.numberOf(tx, request.about),
        person: visitor ? null : principal.id,
        organisation: principal.organisation?.id ?? null,
        due: this.dueOf(request.about, tx.now),
        suspends: request.about === 'rights' && (await this.suspends(tx, principal, request, open)),
      }),
    );
  }

  private dueOf(about: ComplaintKind, now: Instant): Day {
    const { quality, rights } = this.deps.rules;
    return this.deps.calendar.after(dayOf(now), (about === 'quality' ? quality.answer : rights.verify).days);
  }

  private async numberOf(tx: Transaction, about: ComplaintKind): Promise<string> {
    const year = Number(dayOf(tx.now).slice(0, 4));
    const given = await this.deps.store.nextNumber(tx, about, year);
    return `TG-${LETTERS[about]}-${year}-${String(given).padStart(6, '0')}`;
  }

  /** Whose data it is; what the caller cannot see does not exist for them. */
  private async holderOf(
    tx: Transaction,
    principal: Principal,
    { dataset, items, distribution }: ComplaintRequest,
  ): Promise<Result<Id>> {
    const found = await this.deps.surroundings.openness(tx, dataset);
    if (found === null || found.standing === 'hidden')
      return fault('unknown-dataset', '/dataset', 'There is no such dataset.');
    if (found.holder === principal.organisation?.id)
      return fault('own-data', '/dataset', 'Your organisation holds this data itself.');
    const strange = items.findIndex((item) => !found.items.includes(item));
    if (strange >= 0) return fault('unknown-item', `/items/${strange}`, 'The dataset has no such item.');
    if (distribution !== null && !found.distributions.includes(distribution))
      return fault('unknown-distribution', '/distribution', 'The dataset has no such distribution.');
    return ok(found.holder);
  }

  private accountBar(open: readonly Complaint[], { about, dataset, fault: wrong, right }: ComplaintRequest) {
    const same = open.find(
      (one) => one.about === about && one.dataset === dataset && one.fault === wrong && one.right === right,
    );
    if (same !== undefined)
      return refusal('complaint-open', `It is under way as ${same.number}.`, {
        extra: { linked: { complaint: same.id, href: `/api/complaints/${same.id}` } },
      });
    const limit = this.deps.rules[about].perAccount;
    const under = open.filter((one) => one.about === about).length;
    return under < limit ? null : refusal('too-many-complaints', `${under} of yours are under way.`);
  }

  private async visitorsBar(tx: Transaction, dataset: Id): Promise<Refusal | null> {
    const { store, rules } = this.deps;
    const { perDay, perDataset } = rules.quality.visitors;
    const today = dayOf(tx.now);
    const onIt = (await store.openOn(tx, dataset)).filter(({ complaint }) => complaint.person === null).length;
    if (onIt < perDataset && (await store.ofVisitors(tx, startOfDay(today))) < perDay) return null;
    const midnight = startOfDay(addDays(today, 1));
    const retryAfterSeconds = Math.min(DAY_SECONDS, Math.ceil((midnight - tx.now) / 1000));
    return refusal('too-many-visitors', undefined, { retryAfterSeconds });
  }

  private async unknownFile(tx: Transaction, principal: Principal, ids: readonly Id[]): Promise<Refusal | null> {
    await tx.lock('attachment', ids, 'share');
    for (const [at, id] of ids.entries()) {
      const found = await this.deps.files.find(tx, id);
      if (found === null || found.organisation !== principal.organisation?.id)
        return faulty('unknown-attachment', `/attachments/${at}`, `You have no attachment ${id}.`);
    }
    return null;
  }

  private async suspends(
    tx: Transaction,
    principal: Principal,
    { right, attachments, evidence }: ComplaintRequest,
    open: readonly Complaint[],
  ): Promise<boolean> {
    if (right === null) return false;
    const { rights } = this.deps.rules;
    const since = startOfDay(addMonths(dayOf(tx.now), -rights.suspensions.months));
    return suspendsAtOnce(rights, right, {
      hasEvidence: attachments.length > 0 || evidence !== null,
      resting: open.filter(({ restsSince }) => restsSince !== null).length,
      unfounded: await this.deps.store.unfoundedBy(tx, principal.id, since),
    });
  }
}

const faulty = (
  code: 'unknown-dataset' | 'own-data' | 'unknown-item' | 'unknown-distribution' | 'unknown-attachment',
  pointer: string,
  detail: string,
): Refusal => refusal(code, detail, { errors: [{ code, pointer, detail }] });
const fault = (...what: Parameters<typeof faulty>): Result<never> => err(faulty(...what));
