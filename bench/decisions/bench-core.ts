import type { AccessDeps, DecisionSink } from '../../src/decisions/access/ports.js';
import { AccessCore } from '../../src/decisions/access/core.js';
import { ChangeFeed } from '../../src/decisions/change-feed.js';
import { DecisionBook } from '../../src/decisions/decision-book.js';
import type { AccessPolicy } from '../../src/decisions/domain/policy.js';
import type { Principal } from '../../src/kernel/principal.js';
import { ok } from '../../src/kernel/result.js';
import { type BenchWorld, NOW } from './bench-world.js';

export const PORTAL: Principal = { kind: 'portal', id: 'p', name: 'portal', organisation: null, roles: ['portal'] };

/** The record of decisions, before a database that takes no time. */
export const unwrittenBook = (world: BenchWorld['world']): DecisionBook =>
  new DecisionBook({ write: () => Promise.resolve(), find: () => Promise.resolve(null) }, world, () => undefined);

/** The plane over a world in memory, asked by one portal at one moment; `more` is what a bench has otherwise. */
export const benchCore = (
  world: BenchWorld['world'],
  policy: AccessPolicy,
  sink: DecisionSink,
  more: Partial<AccessDeps> = {},
): AccessCore =>
  new AccessCore({
    world,
    policy: () => policy,
    clock: { now: () => NOW },
    credentials: { verify: () => PORTAL },
    freshness: { mark: () => undefined, confirm: () => Promise.resolve(Number.POSITIVE_INFINITY) },
    sink,
    onFault: (fault) => {
      throw fault;
    },
    deliveries: { record: () => Promise.resolve(ok({ id: '', grantDeliveries: null, repeated: false })) },
    serves: () => true,
    urlPatterns: [],
    publicUrl: null,
    issuer: 'https://tiergate.example.org',
    decisions: { find: () => Promise.resolve(null) },
    permits: { sign: () => '' },
    changes: new ChangeFeed({ position: 0, onAdvance: () => undefined }, world),
    ...more,
  });
