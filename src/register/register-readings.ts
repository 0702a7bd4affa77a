import type { Field } from '../kernel/fields.js';
import type { Id } from '../kernel/ids.js';
import type { Tier } from '../kernel/tier.js';
import { dayOf } from '../kernel/time.js';
import type { Reader } from '../persistence/index.js';
import { type ComplaintLines, complaintLines } from './domain/complaint-lines.js';
import { type Entry, toldUpTo } from './domain/entry.js';
import { type DeskFigures, desksOf, judgedIn } from './domain/judging.js';
import type { MatterOutcome } from './domain/matter.js';
import { publicEntries, wholeEntries } from './domain/publication.js';
import { closedOn, type Quarter, quarterOf } from './domain/quarter.js';
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
export interface Told {
  readonly upTo: Quarter | null;
  readonly entries: readonly Entry[];
  readonly complaints: ComplaintLines;
}
type Lines = Omit<Told, 'upTo'>;

const NOTHING: Told = { upTo: null, entries: [], complaints: { quality: [], rights: [] } };

const matching = (entries: readonly Entry[], { period, ...rest }: EntryFilter): Entry[] => {
  const wanted = Object.entries(rest).filter(([, value]) => value !== undefined) as [keyof typeof rest, string][];
  return entries.filter(
    (entry) =>
      (period === undefined || entry.quarter.startsWith(period)) &&
      wanted.every(([name, value]) => entry[name] === value),
  );
};

const asked = ({ entries, complaints: { quality, rights } }: Lines, filter: EntryFilter): Lines => {
  const { period, holder } = filter;
  const among = <Line extends { readonly quarter: Quarter; readonly holder: Id | null }>(lines: readonly Line[]) =>
    lines.filter(
      (line) =>
        (period === undefined || line.quarter.startsWith(period)) && (holder === undefined || line.holder === holder),
    );
  return { entries: matching(entries, filter), complaints: { quality: among(quality), rights: among(rights) } };
};

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
    return { upTo, ...asked(await this.published.lines, filter) };
  }

  /** As things stand now. */
  async toOfficers(reader: Reader, filter: EntryFilter): Promise<Told> {
    const upTo = quarterOf(dayOf(reader.now));
    const entries = wholeEntries(toldUpTo(await this.store.all(reader), upTo));
    const complaints = complaintLines(await this.sources.complaints(reader), upTo, 1, dayOf(reader.now));
    return { upTo, ...asked({ entries, complaints }, filter) };
  }

  /** How the people of each desk judge, in a period; with every other person of a desk standing among `company` more. */
  async judging(reader: Reader, period: string | undefined, least: number, company: number): Promise<DeskFigures[]> {
    const judged = judgedIn((await this.store.all(reader)).map(({ matter }) => matter));
    const asked = judged.filter(({ quarter }) => period === undefined || quarter.startsWith(period));
    return desksOf(asked, least, company);
  }

  private async putTogether(reader: Reader, upTo: Quarter): Promise<Lines> {
    try {
      const entries = publicEntries(toldUpTo(await this.store.all(reader), upTo), this.leastApplicants);
      const complaints = complaintLines(await this.sources.complaints(reader), upTo, this.leastApplicants);
      return { entries, complaints };
    } catch (error) {
      this.published = null;
      throw error;
    }
  }
}
