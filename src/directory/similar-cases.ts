import type { Application } from '../applications/index.js';
import type { Field } from '../kernel/fields.js';
import type { Id } from '../kernel/ids.js';
import type { OrganisationKind, Principal } from '../kernel/principal.js';
import { ok, type Result } from '../kernel/result.js';
import { dayOf } from '../kernel/time.js';
import type { Reader } from '../persistence/index.js';
import { type Matter, type RulingsAsked, stands } from '../register/index.js';
import { type ComparedCase, type EarlierCase, mostAlike, type Ranked } from './domain/likeness-of-cases.js';
import { type EarlierRuling, type Practice, practiceOf } from './domain/practice.js';
import { type EndedCase, endedCase } from './ended-case.js';
import type { DatasetNow, SimilarCasePorts } from './similar-case-ports.js';

/** Datasets of a case that are looked at, the newest rulings of each, and the newest of its purpose: what bounds the work. */
const DATASETS = 20;
const PRACTICE = 100;
const AROUND = 50;
/** Cases that are shown. */
const SHOWN = 10;
/** Roles that see cases of every holder: for them it is worth looking beyond the one at hand. */
const SEES_ALL = ['approver', 'supervisor', 'auditor'] as const;

export interface PracticeOnDataset extends Practice {
  readonly dataset: Id;
}

/** Earlier cases like one that is to be ruled on, and how they ended. */
export interface SimilarCasesView {
  /** All that are alike among the rulings looked at and that the caller may see; the most alike are shown. */
  readonly total: number;
  readonly items: readonly { readonly ranked: Ranked<Earlier>; readonly ended: EndedCase }[];
  readonly practice: readonly PracticeOnDataset[];
  readonly datasets: ReadonlyMap<Id, DatasetNow>;
}

interface Earlier extends EarlierCase {
  readonly application: Id;
  readonly kept: Application;
}

/** The rulings that are looked at, by what they were found. */
interface Found {
  /** On one dataset for the same purpose. */
  readonly practice: ReadonlyMap<Id, readonly Matter[]>;
  readonly all: readonly Matter[];
}

/**
 * Similar earlier cases beside a ruling. They are found by dataset and purpose in what the register counts, cut down to
 * those the caller judges or supervises before anything is counted, and only then ranked: a total tells of no case that
 * is hidden from its reader.
 */
export class SimilarCases {
  constructor(private readonly ports: SimilarCasePorts) {}

  async of(reader: Reader, principal: Principal, id: Id): Promise<Result<SimilarCasesView>> {
    const reviewed = await this.ports.reviewed(reader, principal, id);
    if (!reviewed.ok) return reviewed;
    const now = reviewed.value;
    const asked = now.request.datasets.slice(0, DATASETS).map(({ dataset }) => dataset);
    const today = await this.ports.datasets(reader, asked);
    const found = await this.lookedAt(reader, now, asked, { principal, today });
    const ids = [...new Set(found.all.map(({ application }) => application))].filter((one) => one !== id);
    const kept = await this.ports.reviewedAmong(reader, principal, ids);
    const kind = (await this.ports.kindsOf(reader, [now.applicant])).get(now.applicant) ?? 'enterprise';
    const fields = [...today.values()].flatMap(({ field }) => field ?? []);
    const alike = mostAlike(this.compared(now, kind, fields), this.earlier(kept, found.all));
    const shown = alike.slice(0, SHOWN);
    const seen = new Set(kept.map((one) => one.id));
    return ok({
      total: alike.length,
      items: await this.ended(reader, now, shown),
      practice: asked.map((dataset) => ({ dataset, ...practiceAmong(found.practice.get(dataset) ?? [], seen) })),
      datasets: await this.ports.datasets(reader, [...asked, ...datasetsOf(shown)]),
    });
  }

  private async ended(reader: Reader, now: Application, shown: readonly Ranked<Earlier>[]) {
    const ids = shown.map(({ earlier }) => earlier.application);
    const matters = await this.ports.ofCases(reader, ids);
    const later = await this.ports.later(reader, ids);
    return shown.map((ranked) => {
      const { kept, application } = ranked.earlier;
      const own = matters.filter((one) => one.application === application);
      return { ranked, ended: endedCase(now, kept, own, later.get(application) ?? []) };
    });
  }

  /** A case that is ruled on is held against what was ruled before it. */
  private async lookedAt(
    reader: Reader,
    now: Application,
    asked: readonly Id[],
    { principal, today }: { readonly principal: Principal; readonly today: ReadonlyMap<Id, DatasetNow> },
  ): Promise<Found> {
    const ruledOn = (await this.ports.ofCases(reader, [now.id])).flatMap((one) => one.ruledOn ?? []).sort();
    const until = ruledOn.at(-1) ?? dayOf(reader.now);
    const purpose = now.request.purpose.category;
    const rulings = (like: RulingsAsked, limit: number) =>
      this.ports.rulings(reader, like, { kind: now.kind ?? null, until }, limit);
    const practice = new Map<Id, readonly Matter[]>();
    const around: Matter[] = [...(await rulings({ holder: now.holder, purpose }, AROUND))];
    for (const dataset of asked) {
      practice.set(dataset, await rulings({ dataset, purpose }, PRACTICE));
      around.push(...(await rulings({ dataset }, AROUND)));
    }
    if (SEES_ALL.some((role) => principal.roles.includes(role)))
      for (const field of new Set([...today.values()].flatMap((one) => one.field ?? [])))
        around.push(...(await rulings({ field, purpose }, AROUND)));
    return { practice, all: [...[...practice.values()].flat(), ...around] };
  }

  private earlier(kept: readonly Application[], matters: readonly Matter[]): Earlier[] {
    const of = new Map<Id, Matter[]>(kept.map(({ id }) => [id, []]));
    for (const matter of matters) of.get(matter.application)?.push(matter);
    return kept.map((application) => {
      const own = of.get(application.id) ?? [];
      const fields = own.flatMap(({ field }) => field ?? []);
      return {
        ...this.compared(application, own[0]?.applicantKind ?? 'enterprise', fields),
        application: application.id,
        ruledOn:
          own
            .map(({ ruledOn }) => ruledOn ?? '')
            .sort()
            .at(-1) ?? '',
        kept: application,
      };
    });
  }

  private compared(
    { applicant, holder, request }: Application,
    applicantKind: OrganisationKind,
    fields: readonly Field[],
  ): ComparedCase {
    const { category, scenario, project = '' } = request.purpose;
    return {
      applicant,
      applicantKind,
      holder,
      purpose: category,
      delivery: request.delivery,
      items: new Map(request.datasets.map(({ dataset, items }) => [dataset, items])),
      fields: new Set(fields),
      terms: this.ports.termsOf(`${scenario} ${project}`),
    };
  }
}

const practiceAmong = (matters: readonly Matter[], seen: ReadonlySet<Id>): Practice =>
  practiceOf(matters.filter(({ application }) => seen.has(application)).flatMap(rulingIn));

/** A ruling that a review or a proceeding overturned stands no longer; what follows it does. */
function rulingIn(matter: Matter): EarlierRuling[] {
  const { application, round, ruling, ruledOn } = matter;
  return ruling === null || ruledOn === null || !stands(matter) ? [] : [{ application, round, ruling, ruledOn }];
}

const datasetsOf = (shown: readonly Ranked<Earlier>[]): Id[] =>
  shown.flatMap(({ earlier }) => earlier.kept.request.datasets.map(({ dataset }) => dataset));
