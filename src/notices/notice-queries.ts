import type { Id } from '../kernel/ids.js';
import type { Principal } from '../kernel/principal.js';
import { refusal } from '../kernel/refusal.js';
import { err, ok, type Result } from '../kernel/result.js';
import { type Language, textIn } from '../kernel/text.js';
import { isoOf } from '../kernel/time.js';
import type { Reader } from '../persistence/index.js';
import type { Fact, Notice, NoticeSubject } from './domain/notice.js';
import { type IssuedTemplate, written } from './domain/template.js';
import { type NoticeFile, noticeFileOf } from './notice-file.js';
import type { NoticeSight, NoticeSurroundings } from './notice-ports.js';
import type { NoticeFilter, NoticeStore, TemplateStore, Told } from './notice-store.js';

/** What a list is asked for; of a page that is named, the caller must be able to see it. */
export interface NoticeWish {
  readonly application?: Id;
  readonly grant?: Id;
  readonly violation?: Id;
  readonly organisation?: Id;
  readonly kind?: string;
}

/** A notice with what it is written from. */
export interface NoticeOnFile {
  readonly file: NoticeFile;
  readonly template: IssuedTemplate;
}

/** The link from what tells of an event to the notice that was issued for it. */
export interface NoticeLink {
  readonly id: Id;
  readonly number: string;
  readonly href: string;
}

export interface NoticeReading {
  readonly store: NoticeStore;
  readonly templates: TemplateStore;
  readonly surroundings: Pick<NoticeSurroundings, 'grant'>;
  readonly sight: NoticeSight;
}

export const pdfOf = (id: Id): string => `/api/notices/${id}/notice.pdf`;
export const jsonOf = (id: Id): string => `/api/notices/${id}/notice.json`;

/** Reading notices: who may see the page that one belongs to may see it, and nobody else. */
export class NoticeQueries {
  constructor(private readonly deps: NoticeReading) {}

  async list(
    reader: Reader,
    { principal, language }: { readonly principal: Principal; readonly language: Language },
    wish: NoticeWish,
    limit: number,
    before: Id | null,
  ) {
    const filter = await this.filterOf(reader, principal, wish);
    if (!filter.ok) return filter;
    const { items, total } = await this.deps.store.list(reader, filter.value, limit, before);
    const templates = await this.deps.templates.findMany(reader, [...new Set(items.map(({ template }) => template))]);
    return ok({ items: items.map((one) => lineOf(one, templates.get(one.template), language)), total });
  }

  /** The notice itself; where the caller may not see its page, the same as for an id that does not exist. */
  async file(reader: Reader, principal: Principal, id: Id): Promise<Result<NoticeOnFile>> {
    const notice = await this.deps.store.find(reader, id);
    if (notice === null || !(await this.sees(reader, principal, notice.about.kind, notice.about.id)))
      return err(refusal('not-found'));
    const template = (await this.deps.templates.findMany(reader, [notice.template])).get(notice.template);
    if (template === undefined) throw new Error(`the template of notice ${id} is gone`);
    return ok({ file: noticeFileOf(notice, template), template });
  }

  /** Whether a notice of this number and hash was issued; nothing else is told of it. */
  async isKnown(reader: Reader, number: string, hash: string): Promise<boolean> {
    const found = await this.deps.store.withHash(reader, hash.toLowerCase());
    return found !== null && plainNumber(found.number) === plainNumber(number);
  }

  /** The notices that were issued for these events. */
  async linksOf(reader: Reader, told: readonly Told[]): Promise<readonly (NoticeLink | null)[]> {
    const found = await this.deps.store.ofAny(reader, [...new Set(told.map(({ about }) => about))]);
    return told.map(({ cause, about, at }) => {
      const one = found.find((notice) => notice.cause === cause && notice.about === about && notice.at === at);
      return one === undefined ? null : { id: one.id, number: one.number, href: pdfOf(one.id) };
    });
  }

  private async filterOf(reader: Reader, principal: Principal, wish: NoticeWish): Promise<Result<NoticeFilter>> {
    const { application, grant, violation, organisation, kind } = wish;
    const asked = [
      ['application', application],
      ['grant', grant],
      ['violation', violation],
    ] as const;
    const named = asked.flatMap(([subject, id]) => (id === undefined ? [] : [{ kind: subject, id }]));
    for (const one of named)
      if (!(await this.sees(reader, principal, one.kind, one.id))) return err(refusal('not-found'));
    return ok({
      about: named.filter((one) => one.kind !== 'grant'),
      ...(grant === undefined ? {} : { grant: await this.aroundGrant(reader, principal, grant) }),
      ...(organisation === undefined ? {} : { addressee: organisation }),
      ...(kind === undefined ? {} : { kind }),
      ...(named.length > 0 ? {} : { seenBy: this.sightOf(principal) }),
    });
  }

  /** What of a grant's surroundings the caller may see besides the grant itself. */
  private async aroundGrant(reader: Reader, principal: Principal, id: Id): Promise<NonNullable<NoticeFilter['grant']>> {
    const grant = await this.deps.surroundings.grant(reader, id);
    if (grant === null) return { id, application: null, violations: false };
    const { application } = grant.approval;
    const seesCase = await this.sees(reader, principal, 'application', application);
    const violations = this.deps.sight.heldAgainst(principal, grant);
    return { id, application: seesCase ? application : null, violations };
  }

  private sees(reader: Reader, principal: Principal, kind: NoticeSubject, id: Id): Promise<boolean> {
    return principal.kind === 'person' ? this.deps.sight.sees(reader, principal, kind, id) : Promise.resolve(false);
  }

  private sightOf(principal: Principal): NonNullable<NoticeFilter['seenBy']> {
    if (principal.kind !== 'person') return { organisation: null, all: [] };
    return { organisation: principal.organisation?.id ?? null, all: this.deps.sight.all(principal) };
  }
}

/** Widths and blanks are typed as they come. */
const plainNumber = (number: string): string => number.normalize('NFKC').replaceAll(/\s+/g, '').toUpperCase();

const said = (fact: Fact | undefined, language: Language): string =>
  typeof fact === 'string' ? fact : textIn(fact ?? {}, language);

function lineOf(notice: Notice, template: IssuedTemplate | undefined, language: Language) {
  const { id, kind, number, issuer, addressee, about, grant, cause, facts, issuedAt, hash } = notice;
  return {
    id,
    kind,
    number,
    title: template === undefined ? kind : written(template, facts, language).title,
    issuer: { id: issuer, name: said(facts.values['issuer'], language) },
    addressee: { id: addressee, name: said(facts.values['addressee'], language) },
    about,
    grant,
    cause,
    issuedAt: isoOf(issuedAt),
    hash,
    links: { pdf: pdfOf(id), json: jsonOf(id) },
  };
}
