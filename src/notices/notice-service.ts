import { PolicyFault } from '../applications/index.js';
import type { Id, Ids } from '../kernel/ids.js';
import { ok, type Result } from '../kernel/result.js';
import { dayOf } from '../kernel/time.js';
import type { RecordedEntry, Transaction, UnitOfWork } from '../persistence/index.js';
import { type Notice, seriesId } from './domain/notice.js';
import {
  askedFor,
  type IssuedTemplate,
  issuedTemplate,
  type NoticeIssuer,
  type NoticeTable,
  markOf,
  numberIn,
} from './domain/template.js';
import { Around, dayText } from './facts/around.js';
import { caseMatter } from './facts/case-facts.js';
import { grantMatter } from './facts/grant-facts.js';
import type { NoticeMatter, ReadNoticeMatter } from './facts/notice-matter.js';
import { sanctionMatter, violationMatter } from './facts/supervision-facts.js';
import { noticeHash, templateHash } from './notice-file.js';
import type { NoticeSurroundings } from './notice-ports.js';
import type { NoticeStore, TemplateStore } from './notice-store.js';

export interface NoticeDeps {
  readonly table: NoticeTable;
  readonly store: NoticeStore;
  readonly templates: TemplateStore;
  readonly ids: Ids;
  readonly surroundings: NoticeSurroundings;
}

const MATTERS: Readonly<Record<string, ReadNoticeMatter>> = {
  application: caseMatter,
  grant: grantMatter,
  violation: violationMatter,
  sanction: sanctionMatter,
};

/** A notice that waits for its number. */
interface Draft {
  readonly entry: RecordedEntry;
  readonly kind: string;
  readonly issuer: Id;
  readonly matter: NoticeMatter;
}

/**
 * Issues notices in the transaction of the acts they tell: act and notice are there, or neither. Numbers are taken last
 * of all, so that no command holds a body's number while it waits for something else (ADR 0027).
 */
export class NoticeService {
  private readonly issued: ReadonlyMap<string, { readonly hash: string; readonly template: IssuedTemplate }>;
  /** Hashes of the templates that were there when this began: they stay as they are. */
  private stored: ReadonlySet<string> = new Set();

  constructor(private readonly deps: NoticeDeps) {
    this.issued = new Map(
      Object.keys(deps.table.notices).map((kind) => {
        const template = issuedTemplate(deps.table, kind);
        return [kind, { hash: templateHash(template), template }];
      }),
    );
  }

  /** Every event that may ask for a notice. */
  get events(): readonly string[] {
    return [...new Set(Object.values(this.deps.table.notices).flatMap(({ on }) => on.map(({ event }) => event)))];
  }

  /**
   * Throws where a text was changed under a version that notices were issued with: those stay as they are, and a changed
   * text is a new version.
   */
  async begin(unit: UnitOfWork): Promise<void> {
    const kept = await unit.read((reader) => this.deps.templates.versions(reader));
    this.stored = new Set(kept.map(({ hash }) => hash));
    const changed = [...this.issued.values()].filter(({ hash, template: { kind, version, frame } }) =>
      kept.some(
        (one) => one.kind === kind && one.version === version && one.frame === frame.version && one.hash !== hash,
      ),
    );
    if (changed.length > 0)
      throw new PolicyFault(
        'notices.yaml',
        changed.map(
          ({ template: { kind, version } }) =>
            `notices were issued with another text of ${kind} ${version}; give the changed text, or the frame, a new version`,
        ),
      );
  }

  /** Reaction to a whole command. */
  async issue(tx: Transaction, entries: readonly RecordedEntry[]): Promise<Result<void>> {
    const around = new Around(this.deps.surroundings, tx, this.deps.table.words);
    const drafts: Draft[] = [];
    for (const entry of entries) {
      const draft = isCovered(entry, entries) ? null : await this.draftOf(around, entry);
      if (draft !== null) drafts.push(draft);
    }
    if (drafts.length === 0) return ok(undefined);
    await this.keepTemplates(tx, drafts);
    const notices = await this.numbered(tx, around, drafts);
    await this.deps.store.insert(tx, notices);
    for (const [at, notice] of notices.entries()) tell(tx, notice, drafts[at] as Draft);
    return ok(undefined);
  }

  private async draftOf(around: Around, entry: RecordedEntry): Promise<Draft | null> {
    const kind = askedFor(this.deps.table, entry.event, entry.data);
    const matter = kind === null ? null : ((await MATTERS[entry.subject.kind]?.(around, entry)) ?? null);
    if (kind === null || matter === null) return null;
    const wanted = this.deps.table.notices[kind]?.issuer ?? 'authority';
    const issuer = await issuerOf(around, wanted, entry, matter);
    return issuer === null ? null : { entry, kind, issuer, matter };
  }

  private async keepTemplates(tx: Transaction, drafts: readonly Draft[]): Promise<void> {
    const wanted = new Map([...new Set(drafts.map(({ kind }) => kind))].map((kind) => this.ofKind(kind)));
    const unseen = [...wanted].filter(([hash]) => !this.stored.has(hash));
    const known = await this.deps.templates.findMany(
      tx,
      unseen.map(([hash]) => hash),
    );
    const missing = new Map(unseen.filter(([hash]) => !known.has(hash)));
    if (missing.size > 0) await this.deps.templates.keep(tx, missing);
  }

  private ofKind(kind: string): readonly [string, IssuedTemplate] {
    const { hash, template } = this.issued.get(kind) as { hash: string; template: IssuedTemplate };
    return [hash, template];
  }

  private async numbered(tx: Transaction, around: Around, drafts: readonly Draft[]): Promise<Notice[]> {
    const year = Number(dayOf(tx.now).slice(0, 4));
    const counts = new Map<Id, number>();
    for (const { issuer } of drafts) counts.set(issuer, (counts.get(issuer) ?? 0) + 1);
    const next = new Map(
      await this.deps.store.take(
        tx,
        [...counts].map(([issuer, count]) => ({ issuer, year, count })),
      ),
    );
    const notices: Notice[] = [];
    for (const draft of drafts) {
      const id = seriesId({ issuer: draft.issuer, year });
      const serial = next.get(id) as number;
      next.set(id, serial + 1);
      notices.push(await this.noticeOf(tx, around, draft, year, serial));
    }
    return notices;
  }

  private async noticeOf(
    tx: Transaction,
    around: Around,
    { entry, kind, issuer, matter }: Draft,
    year: number,
    serial: number,
  ): Promise<Notice> {
    const { about, grant, addressee, facts } = matter;
    const [template, text] = this.ofKind(kind);
    const body = markOf(await around.creditCode(issuer), issuer);
    const values = {
      ...facts.values,
      issuer: await around.organisation(issuer),
      addressee: await around.organisation(addressee),
      day: dayText(dayOf(tx.now)),
    };
    const notice = {
      id: this.deps.ids.next(),
      kind,
      number: numberIn(this.deps.table, { body, year, serial }),
      year,
      serial,
      issuer,
      addressee,
      about,
      grant,
      cause: entry.event,
      template,
      facts: { values, lists: facts.lists },
      issuedAt: tx.now,
    };
    return { ...notice, hash: noticeHash(notice, text) };
  }
}

/** A measure that ends grants is one act: its own notice tells of all of them. */
const isCovered = ({ event, data }: RecordedEntry, entries: readonly RecordedEntry[]): boolean =>
  event === 'grant.revoked' &&
  entries.some(
    (one) =>
      one.event === 'sanction.imposed' &&
      one.data['organisation'] === data['organisation'] &&
      (one.data['step'] === 'revoke' || one.data['step'] === 'restrict'),
  );

/** Where no body is named the authority, whoever acted issues for their own. */
async function issuerOf(
  around: Around,
  wanted: NoticeIssuer,
  { actor, data }: RecordedEntry,
  { holder }: NoticeMatter,
): Promise<Id | null> {
  const stage = data['stage'] ?? data['enters'];
  const holders = wanted === 'holder' || (wanted === 'stage' && stage !== 'authority');
  if (holders && holder !== null) return holder;
  return (await around.ports.authority(around.reader)) ?? actor.organisation ?? holder;
}

function tell(tx: Transaction, notice: Notice, { entry }: Draft): void {
  const { id, kind, number, issuer, addressee, about, cause, template, hash } = notice;
  const subject = { kind: 'notice', id } as const;
  const data = { kind, number, issuer, addressee, about, cause, template, hash };
  tx.append({ event: 'notice.issued', subject, actor: entry.actor, data }, [subject]);
}
