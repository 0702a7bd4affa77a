import { createHash } from 'node:crypto';
import { setImmediate as breathe } from 'node:timers/promises';
import { canonicalJson } from '../../kernel/canonical.js';
import type { Id, Ids } from '../../kernel/ids.js';
import type { Actor } from '../../kernel/principal.js';
import { strictness } from '../../kernel/tier.js';
import type { Transaction } from '../../persistence/index.js';
import type { AgreementStore } from '../agreement-store.js';
import { tellReclassified } from '../dataset-service.js';
import type { DatasetStore } from '../dataset-store.js';
import type { DatasetRecord } from '../domain/dataset.js';
import { type DatasetFacts, factsOf, type Judgement } from '../domain/facts.js';
import { tellRest } from '../hold-service.js';
import { gone, importedRecord, isGone, returned, withTerms } from '../domain/imported.js';
import { evolve, tierNoted } from '../domain/lifecycle.js';
import type { CodeMap, ReadIssue, ReadOutcome, SourceRecord } from '../domain/source-record.js';
import type { PublisherPort } from '../publisher-port.js';
import type { TierJudge } from '../tier-judge.js';
import type { Importer, RawEntry } from './importer.js';
import { type ImportCounts, type ImportIssue, NO_COUNTS } from './import-run.js';

/** An entry of the file after reading: what it says, and everything to be told about it. */
export interface ReadEntry {
  /** 1 for the first of the file. */
  readonly row: number;
  readonly record: SourceRecord | null;
  readonly hash: string;
  readonly issues: readonly ReadIssue[];
}

/** Reads entries; an identifier that came before is a duplicate, of which the first is kept. `seen` is added to. */
export function readEntries(
  importer: Importer,
  map: CodeMap,
  raws: readonly RawEntry[],
  firstRow: number,
  seen: Set<string>,
): readonly ReadEntry[] {
  return raws.map((raw, at) => {
    const { record, issues } = readOne(importer, map, raw);
    const entry = { row: firstRow + at, record, hash: hashOf(importer, map, raw), issues };
    if (record === null) return entry;
    if (!seen.has(record.identifier)) {
      seen.add(record.identifier);
      return entry;
    }
    const duplicate = { code: DUPLICATE, detail: 'an entry before it has the same identifier; the first is kept' };
    return { ...entry, record: null, issues: [{ ...duplicate, identifier: record.identifier }] };
  });
}
const DUPLICATE = 'duplicate-identifier';

/** No entry, whatever it holds, may cost the others. */
function readOne(importer: Importer, map: CodeMap, { value, repeatsKey, unreadable }: RawEntry): ReadOutcome {
  if (unreadable !== undefined) return { record: null, issues: [unreadable] };
  try {
    const read = importer.read(value, map);
    return repeatsKey && read.record !== null ? undecided(read.record, read.issues) : read;
  } catch (error) {
    return { record: null, issues: [{ code: 'not-understood', detail: (error as Error).name }] };
  }
}

/** Of two members of one name the reader has taken the last; which one holds nobody can say, so nothing is declared. */
const undecided = (record: SourceRecord, issues: readonly ReadIssue[]): ReadOutcome => ({
  record: { ...record, declaredTier: null, sourceFacts: { ...record.sourceFacts, declaredCode: null } },
  issues: [{ code: 'repeated-key', detail: 'the entry names a member twice' }, ...issues],
});

const hashOf = ({ format, revision }: Importer, map: CodeMap, { value, repeatsKey }: RawEntry): string =>
  createHash('sha256')
    .update(`${format}/${revision}/${map.code}${repeatsKey ? '/repeated' : ''}\n${canonicalJson(value)}`)
    .digest('hex');

export interface ChunkDeps {
  readonly ids: Ids;
  readonly store: DatasetStore;
  readonly agreements: AgreementStore;
  readonly publishers: PublisherPort;
  readonly judge: TierJudge;
}

/** What a chunk adds to the counts of its import, and what it has to tell. */
export interface ChunkOutcome {
  readonly counts: ImportCounts;
  readonly issues: readonly ImportIssue[];
  /** To be called after the rows were named by an entry: what became of single datasets. */
  readonly tell: () => void;
}

interface Work {
  readonly entry: ReadEntry & { readonly record: SourceRecord };
  readonly before: DatasetRecord | null;
  readonly candidate: DatasetRecord;
}

/** Brings one chunk of entries into the catalogue, inside the caller's transaction. */
export async function applyChunk(
  tx: Transaction,
  deps: ChunkDeps,
  source: string,
  map: CodeMap,
  entries: readonly ReadEntry[],
  actor: Actor,
): Promise<ChunkOutcome> {
  const tally = new Tally(entries);
  const kept = entries.filter((entry): entry is Work['entry'] => entry.record !== null);
  const publishers = await deps.publishers.register(tx, source, [
    ...new Set(kept.map(({ record }) => record.publisherName)),
  ]);
  const stored = await deps.store.ofSource(
    tx,
    source,
    kept.map(({ record }) => record.identifier),
  );
  const byIdentifier = new Map(stored.map((record) => [record.identifier, record]));
  const work: Work[] = [];
  const unchanged: { entry: ReadEntry; before: DatasetRecord }[] = [];
  for (const entry of kept) {
    const before = byIdentifier.get(entry.record.identifier) ?? null;
    if (before !== null && before.sourceFacts.hash === entry.hash && !isGone(before)) {
      unchanged.push({ entry, before });
      continue;
    }
    const publisher = publishers.get(entry.record.publisherName) as Id;
    const by = { source, publisher, pack: map.pack, hash: entry.hash, at: tx.now, newId: () => deps.ids.next() };
    work.push({ entry, before, candidate: importedRecord(entry.record, by, before) });
  }
  const ids = unchanged.map(({ before }) => before.id);
  const standing = await deps.judge.standing(tx, ids);
  for (const { entry, before } of unchanged) tally.unchanged(entry, before, standing.get(before.id) ?? []);
  await tx.lock(
    'dataset',
    work.flatMap(({ before }) => (before === null ? [] : [before.id])),
  );
  const judgements = await judgedInParts(
    tx,
    deps.judge,
    work.map(({ candidate }) => factsOf(candidate)),
  );
  const told = await write(tx, deps, work, judgements, tally, actor);
  return { ...tally.outcome(), tell: () => told.forEach((one) => one()) };
}

/** Judging is the dear part: between parts others get their turn, so that no request waits for a whole chunk. */
async function judgedInParts(tx: Transaction, judge: TierJudge, facts: readonly DatasetFacts[]): Promise<Judgement[]> {
  const judgements: Judgement[] = [];
  for (let start = 0; start < facts.length; start += PART) {
    judgements.push(...(await judge.judge(tx, facts.slice(start, start + PART))));
    await breathe();
  }
  return judgements;
}
const PART = 50;

async function write(
  tx: Transaction,
  deps: ChunkDeps,
  work: readonly Work[],
  judgements: readonly Judgement[],
  tally: Tally,
  actor: Actor,
): Promise<(() => void)[]> {
  const template = (await deps.agreements.list(tx))[0]?.template ?? null;
  const created: DatasetRecord[] = [];
  const told: (() => void)[] = [];
  for (const [at, { entry, before, candidate }] of work.entries()) {
    const judgement = judgements[at] as Judgement;
    if (judgement.refused !== undefined) {
      const goes = before !== null && before.state !== 'withdrawn';
      tally.refused(entry, judgement.refused, goes);
      if (goes) told.push(await withdrawn(tx, deps, before, actor));
      continue;
    }
    const record = withTerms(evolve(candidate, { event: 'dataset.judged', judgement }), template);
    tally.accepted(entry, record, before === null ? 'created' : 'updated', judgement);
    if (before === null) {
      created.push(record);
      continue;
    }
    const after = await deps.store.update(tx, tierNoted(before, record, tx.now));
    told.push(() => {
      if (before.state !== returned(before).state) tellRestored(tx, after, actor);
      else tellRest(tx, before, after, actor);
      tellReclassified(tx, before, after, actor);
    });
  }
  if (created.length > 0) await deps.store.insert(tx, created);
  return told;
}

/** What was kept under the identifier of a refused entry goes at once. */
async function withdrawn(tx: Transaction, deps: ChunkDeps, before: DatasetRecord, actor: Actor): Promise<() => void> {
  await deps.store.update(tx, gone(before, tx.now));
  return () => tellGone(tx, before, actor);
}

export const tellGone = (tx: Transaction, record: DatasetRecord, actor: Actor): void => {
  const { id, publisher, identifier, source, state: from } = record;
  const data = { publisher, identifier, source, from, reason: 'gone from its source' };
  tx.append({ event: 'dataset.withdrawn', subject: { kind: 'dataset', id }, actor, data });
};

const tellRestored = (
  tx: Transaction,
  { id, publisher, identifier, source, held, state }: DatasetRecord,
  actor: Actor,
): void =>
  tx.append({
    event: 'dataset.restored',
    subject: { kind: 'dataset', id },
    actor,
    data: { publisher, identifier, source, ...(held === undefined ? {} : { state }) },
  });

/** Counts and issues of a chunk. Nothing of a refused record is told but its row and the code. */
class Tally {
  private readonly counts: Record<keyof ImportCounts, number>;
  private readonly issues: (ImportIssue & { readonly row: number })[] = [];

  constructor(entries: readonly ReadEntry[]) {
    this.counts = { ...NO_COUNTS, read: entries.length };
    for (const entry of entries) {
      if (entry.record !== null) continue;
      this.counts[entry.issues[0]?.code === DUPLICATE ? 'duplicates' : 'rejected']++;
      this.note(entry);
    }
  }

  unchanged(entry: ReadEntry, record: DatasetRecord, standing: NonNullable<Judgement['issues']>): void {
    this.counts.unchanged++;
    this.counts[record.tier]++;
    this.note(entry);
    for (const { code, detail } of standing) this.issue(entry, code, detail);
  }

  accepted(entry: ReadEntry, record: DatasetRecord, what: 'created' | 'updated', judgement: Judgement): void {
    this.counts[what]++;
    this.counts[record.tier]++;
    this.note(entry);
    for (const { code, detail } of judgement.issues ?? []) this.issue(entry, code, detail);
    if (strictness(record.tier) > strictness(judgement.tier))
      this.issue(entry, 'tier-kept', `the source now says less strict; ${record.tier} stays until a person decides`);
  }

  refused(entry: ReadEntry, code: string, goes: boolean): void {
    this.counts.rejected++;
    if (goes) this.counts.withdrawn++;
    this.issues.push({ row: entry.row, identifier: `row ${entry.row}`, code, detail: '' });
  }

  outcome() {
    this.issues.sort((a, b) => a.row - b.row);
    return {
      counts: { ...this.counts, issues: this.issues.length },
      issues: this.issues.map(({ identifier, code, detail }) => ({ identifier, code, detail })),
    };
  }

  private note(entry: ReadEntry): void {
    for (const { code, detail } of entry.issues) this.issue(entry, code, detail);
  }

  private issue(entry: ReadEntry, code: string, detail: string): void {
    this.issues.push({ row: entry.row, identifier: entry.record?.identifier ?? `row ${entry.row}`, code, detail });
  }
}
