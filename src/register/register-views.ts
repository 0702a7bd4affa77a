import type { Id } from '../kernel/ids.js';
import { accountsOf, type Principal } from '../kernel/principal.js';
import type { Text } from '../kernel/text.js';
import type { Reader } from '../persistence/index.js';
import type { ByTier, CatalogueCounts } from './domain/catalogue-counts.js';
import type { ComplaintLines } from './domain/complaint-lines.js';
import type { Entry } from './domain/entry.js';
import { proceedingFigures } from './domain/proceeding-lines.js';
import { complaintStatisticsOf, type Statistics } from './domain/statistics.js';
import type { RegisterRules } from './policy-files.js';
import type { Counted, RegisterReadings } from './register-readings.js';
import type { RegisterSources } from './register-ports.js';
import type { RegisterStore } from './register-store.js';

export interface ViewDeps {
  readonly sources: RegisterSources;
  readonly store: Pick<RegisterStore, 'snapshots'>;
  readonly rules: RegisterRules;
  /** Texts of the coded reasons of a refusal. */
  readonly reasons: Readonly<Record<string, { readonly text: Text }>>;
}

const distinct = (ids: readonly (Id | null)[]): Id[] => [...new Set(ids.filter((id) => id !== null))];

export const reasonView = ({ reasons, rules }: ViewDeps, code: string) => ({
  code,
  text: reasons[code]?.text ?? {},
  article: rules.articles[code] ?? null,
});

/** How lines of the register are shown, by the names of what they are about; a dataset that is not public now is not named. */
export async function viewOfEntries(deps: ViewDeps, reader: Reader, entries: readonly Entry[]) {
  const titles = await deps.sources.titles(reader, distinct(entries.map(({ dataset }) => dataset)));
  const names = await deps.sources.names(reader, distinct(entries.map(({ holder }) => holder)));
  return ({ dataset, holder, reasons, steps, ...entry }: Entry) => {
    const title = dataset === null ? undefined : titles.get(dataset);
    return {
      ...entry,
      dataset: dataset === null || title === undefined ? null : { id: dataset, title },
      holder: holder === null ? null : { id: holder, name: names.get(holder) ?? {} },
      reasons: reasons.map((code) => reasonView(deps, code)),
      steps: { ...steps },
    };
  };
}
export type ViewOfEntry = Awaited<ReturnType<typeof viewOfEntries>>;
export type EntryView = ReturnType<ViewOfEntry>;

const listed = (tiers: ByTier) => ({ open: tiers.open, conditional: tiers.conditional, restricted: tiers.restricted });

function catalogueView({ tiers, fields, holders }: CatalogueCounts, names: ReadonlyMap<Id, Text>) {
  return {
    tiers: listed(tiers),
    fields: fields.map((line) => ({ field: line.field, tiers: listed(line.tiers) })),
    holders: holders.map((line) => ({
      holder: { id: line.holder, name: names.get(line.holder) ?? {} },
      tiers: listed(line.tiers),
    })),
  };
}

function figuresView(deps: ViewDeps, statistics: Statistics, names: ReadonlyMap<Id, Text>) {
  return {
    ...statistics,
    reasons: statistics.reasons.map(({ reason, count }) => ({ ...reasonView(deps, reason), count })),
    holders: statistics.holders.map(({ holder, ...figures }) => ({
      holder: holder === null ? null : { id: holder, name: names.get(holder) ?? {} },
      ...figures,
    })),
  };
}

/** Complaints by quarter and holder, with names. */
export async function complaintsView({ sources }: ViewDeps, reader: Reader, lines: ComplaintLines) {
  const { quality, rights } = complaintStatisticsOf(lines);
  const names = await sources.names(reader, distinct([...quality, ...rights].map(({ holder }) => holder)));
  const named = (holder: Id) => ({ id: holder, name: names.get(holder) ?? {} });
  return {
    quality: quality.map(({ holder, ...figures }) => ({ ...figures, holder: named(holder) })),
    rights: rights.map(({ holder, ...line }) => ({ ...line, holder: holder === null ? null : named(holder) })),
  };
}
export type ComplaintsView = Awaited<ReturnType<typeof complaintsView>>;

/**
 * How the people of each desk judge. Who oversees sees everyone; who judges sees their own desks, and of the people there
 * only themselves, against two others together or more.
 */
export async function judgingView(
  { sources, rules }: ViewDeps,
  reader: Reader,
  readings: RegisterReadings,
  { principal, period }: { readonly principal: Principal; readonly period: string | undefined },
) {
  const everyone = principal.roles.some((role) => role === 'supervisor' || role === 'auditor');
  const own = new Set(accountsOf(principal));
  const desks = (await readings.judging(reader, period, rules.leastJudged, everyone ? 1 : 2))
    .map((desk) => ({ ...desk, people: desk.people.filter(({ person }) => everyone || own.has(person)) }))
    .filter(({ people }) => everyone || people.length > 0);
  const names = await sources.names(reader, distinct(desks.map(({ holder }) => holder)));
  const people = await sources.people(
    reader,
    distinct(desks.flatMap((desk) => desk.people.map(({ person }) => person))),
  );
  return {
    sight: everyone ? 'everyone' : 'own',
    least: rules.leastJudged,
    desks: desks.map(({ holder, ...desk }) => ({
      ...desk,
      holder: holder === null ? null : { id: holder, name: names.get(holder) ?? {} },
      people: desk.people.map((one) => ({ ...one, name: people.get(one.person) ?? '' })),
    })),
  };
}

/** Everything that is counted, with names: of the catalogue from what is public. */
export async function statisticsView(
  deps: ViewDeps,
  reader: Reader,
  { upTo, statistics, complaints, proceedings }: Counted,
  sight: 'public' | 'full',
) {
  const now = deps.sources.catalogue();
  const snapshots = await deps.store.snapshots(reader);
  const inCatalogue = [now, ...snapshots.map(({ counts }) => counts)].flatMap(({ holders }) => holders);
  const holders = [...statistics.holders, ...inCatalogue].map(({ holder }) => holder);
  const names = await deps.sources.names(reader, distinct(holders));
  return {
    sight,
    upTo,
    leastApplicants: sight === 'public' ? deps.rules.leastApplicants : 1,
    ...figuresView(deps, statistics, names),
    complaints: await complaintsView(deps, reader, complaints),
    proceedings: proceedingFigures(proceedings),
    catalogue: {
      ...catalogueView(now, names),
      earlier: snapshots.map(({ quarter, countedOn, counts }) => ({
        quarter,
        countedOn,
        ...catalogueView(counts, names),
      })),
    },
  };
}
export type StatisticsView = Awaited<ReturnType<typeof statisticsView>>;
