import { applicationTable, fold } from '../../src/applications/index.js';
import { DatabaseApplicationStore } from '../../src/applications/store/database-application-store.js';
import type { Grant } from '../../src/grants/domain/grant.js';
import { GrantRow } from '../../src/grants/store/grant-row.js';
import { canonicalJson } from '../../src/kernel/canonical.js';
import { verifyLog } from '../../src/log/index.js';
import type { Reader } from '../../src/persistence/index.js';
import type { City } from './city.js';

const PAGE = 500;

/** What must hold at the end of any year; each law that does not, with where. */
export async function brokenLaws(city: City): Promise<readonly string[]> {
  const { app } = city.opened;
  const promises = city.broken.map(
    ({ who, command, at, answer }) => `advertised, and refused: ${who} ${command} ${at}: ${answer}`,
  );
  return app.unit.read(async (reader) => {
    const { faults } = await verifyLog(reader, app.tables);
    const history = faults.map(({ kind, where, detail }) => `history: ${kind} ${where}: ${detail}`);
    return [
      ...promises,
      ...history,
      ...(await ofCases(city, reader)),
      ...(await ofGrants(reader)),
      ...(await ofNotices(reader)),
    ];
  });
}

/** Every case is the fold of its events. */
async function ofCases({ opened }: City, reader: Reader): Promise<string[]> {
  const { histories } = opened.app.slices.applications;
  const store = new DatabaseApplicationStore();
  const broken: string[] = [];
  for (let after = ''; ; ) {
    const page = await applicationTable.scan(reader, after, PAGE);
    const told = await histories(
      reader,
      page.map(({ id }) => id),
    );
    for (const { id } of page) {
      const stored = (await store.find(reader, id))?.application ?? null;
      const folded = fold(id, told.get(id) ?? []);
      if (canonicalJson(folded) !== canonicalJson(stored)) broken.push(`case ${id}: is not the fold of its events`);
    }
    if (page.length < PAGE) return broken;
    after = page.at(-1)?.id ?? after;
  }
}

/** One grant for each approved dataset of a case; none in force without an agreement that is older than its start. */
async function ofGrants(reader: Reader): Promise<string[]> {
  const broken: string[] = [];
  const seen = new Set<string>();
  for (const row of await reader.manager.find(GrantRow)) {
    const pair = `${row.application} ${row.dataset}`;
    if (seen.has(pair)) broken.push(`grant ${row.id}: a second one of ${pair}`);
    seen.add(pair);
    broken.push(...bareOf(row.id, row.state, row.premises));
  }
  return broken;
}

const bareOf = (id: string, state: string, { agreement, startsAt }: Grant): string[] =>
  (state === 'active' || state === 'limited') && (agreement === null || agreement.at > startsAt)
    ? [`grant ${id}: ${state} without an agreement older than its start`]
    : [];

interface Series {
  readonly issuer: string;
  readonly year: number;
  readonly issued: number;
  readonly newest: number;
  readonly oldest: number;
}

/** Each body numbers its notices of a year from one, without a gap. */
async function ofNotices(reader: Reader): Promise<string[]> {
  const sql = `SELECT issuer, year, COUNT(*) AS issued, MAX(serial) AS newest, MIN(serial) AS oldest
    FROM notices GROUP BY issuer, year`;
  const series = (await reader.manager.query(sql)) as Series[];
  return series
    .filter(({ issued, newest, oldest }) => Number(oldest) !== 1 || Number(newest) !== Number(issued))
    .map(({ issuer, year, issued, newest }) => `notices of ${issuer} in ${year}: ${issued}, numbered up to ${newest}`);
}
