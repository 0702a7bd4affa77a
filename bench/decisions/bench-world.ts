import { fileURLToPath } from 'node:url';
import type { AccessPolicy } from '../../src/decisions/domain/policy.js';
import { STATE } from '../../src/decisions/domain/indexed-grant.js';
import type { Question } from '../../src/decisions/domain/question.js';
import { deliveryBit, purposeBit } from '../../src/decisions/domain/bits.js';
import { World } from '../../src/decisions/domain/world.js';
import { loadPolicy, readPolicySource } from '../../src/decisions/index.js';

export const ORGANISATIONS = 1000;
export const DATASETS = 10_000;
export const NOW = Date.parse('2026-12-01T00:00:00Z');
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A small generator with a seed, so that two runs ask the same questions. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * A ULID-shaped id whose characters are spread like real ones. In one piece, as a parsed request brings it: an id put
 * together from pieces made whoever hashes it pay many times over, and some of those asked more than others.
 */
export function idOf(kind: number, n: number): string {
  const random = randomFrom(Math.imul(kind + 1, 7919) ^ Math.imul(n + 1, 104_729));
  const rest = Array.from({ length: 22 }, () => DIGITS[Math.floor(random() * 32)]);
  return ['01K', DIGITS[kind], ...rest].join('');
}

export interface PlainGrant {
  readonly organisation: string;
  readonly dataset: string;
  readonly start: number;
  readonly end: number;
  readonly purpose: 'research' | 'education';
  readonly delivery: 'download' | 'api';
  readonly state: 'active' | 'suspended';
}

export interface BenchWorld {
  readonly world: World;
  /** The same grants as plain objects: what every contestant is told. */
  readonly grants: readonly PlainGrant[];
  readonly questions: Question[];
  readonly loadSeconds: number;
  readonly indexMegabytes: number;
}

export async function benchPolicy(): Promise<AccessPolicy> {
  const folder = fileURLToPath(new URL('../../../policies', import.meta.url));
  const loaded = await loadPolicy(await readPolicySource(folder));
  if ('faults' in loaded) throw new Error(loaded.faults.join('\n'));
  return loaded.policy;
}

/** `count` grants over 1,000 organisations and 10,000 conditional datasets; 65,536 questions, half of them about a grant. */
export function buildWorld(count: number): BenchWorld {
  const random = randomFrom(42);
  const world = new World(count);
  world.revision = 1;
  world.confirmedAt = NOW;
  world.setCurrentAgreement('t', '1');
  const organisations = Array.from({ length: ORGANISATIONS }, (_, n) => idOf(1, n));
  const datasets = Array.from({ length: DATASETS }, (_, n) => idOf(2, n));
  for (const id of organisations)
    world.putOrganisation({ id, name: {}, creditCode: null, state: 'active', verified: true, intact: true });
  const name = { en: 'Transport Commission', zh: '交通委' };
  world.putOrganisation({ id: 'p', name, creditCode: null, state: 'active', verified: true, intact: true });
  for (const id of datasets) world.putDataset(datasetFacts(id));
  const pairs = choosePairs(count, random);
  const grants = pairs.map((pair, n) =>
    plainGrant(n, organisations[Math.floor(pair / DATASETS)] as string, datasets[pair % DATASETS] as string),
  );
  const ids = Array.from({ length: count }, (_, n) => idOf(3, n));
  const started = performance.now();
  for (let n = 0; n < count; n++) putGrant(world, ids[n] as string, pairs[n] as number, grants[n] as PlainGrant);
  const loadSeconds = (performance.now() - started) / 1000;
  const indexMegabytes = world.grants.bytes / 2 ** 20;
  const questions = Array.from({ length: 65_536 }, () => {
    const pair =
      random() < 0.5
        ? (pairs[Math.floor(random() * count)] as number)
        : Math.floor(random() * ORGANISATIONS * DATASETS);
    return question(organisations[Math.floor(pair / DATASETS)] as string, datasets[pair % DATASETS] as string);
  });
  return { world, grants, questions, loadSeconds, indexMegabytes };
}

function choosePairs(count: number, random: () => number): number[] {
  const chosen = new Set<number>();
  while (chosen.size < count) chosen.add(Math.floor(random() * ORGANISATIONS * DATASETS));
  return [...chosen];
}

const datasetFacts = (id: string) => ({
  id,
  publisher: 'p',
  identifier: id,
  tier: 'conditional' as const,
  state: 'listed' as const,
  items: ['a', 'b', 'c'],
  distributions: [],
  deliveries: ['download' as const],
  agreementTemplate: 't',
  intact: true,
});

/** Of sixteen grants one each has ended, is suspended, is for another purpose, and for another way of delivery. */
const plainGrant = (n: number, organisation: string, dataset: string): PlainGrant => ({
  organisation,
  dataset,
  start: NOW - 1000,
  end: n % 16 === 1 ? NOW : NOW + 1e9,
  purpose: n % 16 === 5 ? 'education' : 'research',
  delivery: n % 16 === 9 ? 'api' : 'download',
  state: n % 16 === 13 ? 'suspended' : 'active',
});

function putGrant(world: World, id: string, pair: number, grant: PlainGrant): void {
  world.grants.put({
    id,
    version: 1,
    organisation: Math.floor(pair / DATASETS),
    dataset: pair % DATASETS,
    start: grant.start,
    end: grant.end,
    conditionsUntil: Number.POSITIVE_INFINITY,
    items: 0,
    agreement: world.agreementNumber('t', '1'),
    purposes: purposeBit(grant.purpose),
    deliveries: deliveryBit(grant.delivery),
    state: STATE[grant.state],
    intact: true,
  });
}

const question = (subjectId: string, resourceId: string): Question => ({
  subjectType: 'organisation',
  subjectId,
  issuer: undefined,
  organisation: undefined,
  resourceType: 'dataset',
  resourceId,
  publisher: undefined,
  items: null,
  action: 'download',
  purpose: 'research',
  minRevision: 0,
});
