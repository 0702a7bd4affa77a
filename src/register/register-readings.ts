import { setImmediate as breathe } from 'node:timers/promises';
import type { Field } from '../kernel/fields.js';
import type { Id } from '../kernel/ids.js';
import type { Tier } from '../kernel/tier.js';
import { dayOf } from '../kernel/time.js';
import type { Reader } from '../persistence/index.js';
import { type ComplaintLines, complaintLines } from './domain/complaint-lines.js';
import { type Entry, type Told as RulingTold, toldUpTo } from './domain/entry.js';
import { DeskCount, type DeskFigures, judgedIn } from './domain/judging.js';
import type { MatterOutcome } from './domain/matter.js';
import {
  type CountedProceeding,
  countedProceedings,
  type ProceedingLine,
  proceedingLines,
} from './domain/proceeding-lines.js';
import { publicQuarters } from './domain/publication.js';
import { closedOn, type Quarter, quarterOf } from './domain/quarter.js';
import { type Statistics, StatisticsCount } from './domain/statistics.js';
import type { RegisterSources } from './register-ports.js';
import type { RegisterStore } from './register-store.js';

/** What is asked for, by what is told: a trait that is hidden is found by no filter. */
export interface EntryFilter {
  /** A year or a quarter. */
  readonly period?: string;
  readonly holder?: Id;
  readonly field?: Field;
  readonly tier?: Tier;
  readonly outcome?: MatterOutcome;
}

/** What is told up to a quarter; `null` while none is over since anything was recorded. */
export interface Told extends Lines {
  readonly upTo: Quarter | null;
}
interface Lines {
  readonly entries: readonly Entry[];
  readonly complaints: ComplaintLines;
  readonly proceedings: readonly ProceedingLine[];
}

/** What is counted up to a quarter. */
export interface Counted {
  readonly upTo: Quarter | null;
  readonly statistics: Statistics;
  readonly complaints: ComplaintLines;
  readonly proceedings: readonly ProceedingLine[];
}

const NOTHING: Told = { upTo: null, entries: [], complaints: { quality: [], rights: [] }, proceedings: [] };
/** Entries that are counted before others have their turn: some milliseconds. */
const AT_A_STRETCH = 5000;

function matching({ period, ...rest }: EntryFilter): (entry: Entry) => boolean {
  const wanted = Object.entries(rest).filter(([, value]) => value !== undefined) as [keyof typeof rest, string][];
  return (entry) =>
    (period === undefined || entry.quarter.startsWith(period)) &&
    wanted.every(([name, value]) => entry[name] === value);
}

/** What is told of a quarter and a holder, and of nothing else. */
const among = <Line extends { readonly quarter: Quarter; readonly holder: Id | null }>(
  lines: readonly Line[],
  { period, holder }: EntryFilter,
): Line[] =>
  lines.filter(
    (line) =>
      (period === undefined || line.quarter.startsWith(period)) && (holder === undefined || line.holder === holder),
  );

const complaintsAmong = ({ quality, rights }: ComplaintLines, filter: EntryFilter): ComplaintLines => ({
  quality: among(quality, filter),
  rights: among(rights, filter),
});

/** What is told of rulings and complaints: to everyone what groups of applicants share, to officers everything but who applied. */
export class RegisterReadings {
  /** What everyone is told changes when a quarter is over, and is put together once for each. */
  private published: { readonly upTo: Quarter; readonly lines: Promise<Lines> } | null = null;

  constructor(
    private readonly store: RegisterStore,
    private readonly sources: Pick<RegisterSources, 'complaints'>,
    private readonly leastApplicants: number,
  ) {}

  async toEveryone(reader: Reader, filter: EntryFilter): Promise<Told> {
    const cursor = await this.store.cursor(reader);
    if (cursor === null) return NOTHING;
    const upTo = closedOn(dayOf(cursor.completeUntil));
    if (this.published?.upTo !== upTo) this.published = { upTo, lines: this.putTogether(reader, upTo) };
    const { entries, complaints, proceedings } = await this.published.lines;
    return {
      upTo,
      entries: entries.filter(matching(filter)),
      complaints: complaintsAmong(complaints, filter),
      proceedings: among(proceedings, filter),
    };
  }

  async countedForEveryone(reader: Reader, filter: EntryFilter): Promise<Counted> {
    const { upTo, entries, ...others } = await this.toEveryone(reader, filter);
    const count = new StatisticsCount();
    for (const [at, entry] of entries.entries()) {
      count.take(entry);
      if ((at + 1) % AT_A_STRETCH === 0) await breathe();
    }
    return { upTo, statistics: count.statistics, ...others };
  }

  /** As things stand now, with nothing hidden. */
  async countedForOfficers(reader: Reader, filter: EntryFilter): Promise<Counted> {
    const upTo = quarterOf(dayOf(reader.now));
    const isAsked = matching(filter);
    const count = new StatisticsCount();
    const found: CountedProceeding[] = [];
    for await (const part of this.store.parts(reader)) {
      for (const entry of toldUpTo(part, upTo)) if (isAsked(entry)) count.take(entry);
      found.push(...countedProceedings(part.map(({ matter }) => matter)));
    }
    const complaints = complaintLines(await this.sources.complaints(reader), upTo, 1, dayOf(reader.now));
    return {
      upTo,
      statistics: count.statistics,
      complaints: complaintsAmong(complaints, filter),
      proceedings: among(proceedingLines(found, upTo, 1), filter),
    };
  }

  /** How the people of each desk judge, in a period; with every other person of a desk standing among `company` more. */
  async judging(reader: Reader, period: string | undefined, least: number, company: number): Promise<DeskFigures[]> {
    const count = new DeskCount();
    for await (const part of this.store.parts(reader))
      for (const judged of judgedIn(part.map(({ matter }) => matter)))
        if (period === undefined || judged.quarter.startsWith(period)) count.take(judged);
    return count.figures(least, company);
  }

  private async putTogether(reader: Reader, upTo: Quarter): Promise<Lines> {
    try {
      const told: RulingTold[] = [];
      const found: CountedProceeding[] = [];
      for await (const part of this.store.parts(reader)) {
        told.push(...toldUpTo(part, upTo));
        found.push(...countedProceedings(part.map(({ matter }) => matter)));
      }
      const entries: Entry[] = [];
      for (const quarter of publicQuarters(told, this.leastApplicants)) {
        entries.push(...quarter);
        await breathe();
      }
      const complaints = complaintLines(await this.sources.complaints(reader), upTo, this.leastApplicants);
      return { entries, complaints, proceedings: proceedingLines(found, upTo, this.leastApplicants) };
    } catch (error) {
      this.published = null;
      throw error;
    }
  }
}
