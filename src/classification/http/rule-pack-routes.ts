import {
  action,
  command,
  matchVersion,
  notFound,
  offsetOf,
  pageOf,
  plain,
  query,
  replyOf,
  type Route,
} from '../../http/index.js';
import type { Id } from '../../kernel/ids.js';
import type { Principal } from '../../kernel/principal.js';
import type { Result } from '../../kernel/result.js';
import type { Transaction } from '../../persistence/index.js';
import { packDifferences } from '../domain/pack-difference.js';
import type { Packs } from '../packs/load.js';
import { namedOf, type PeopleNames } from '../people-names.js';
import type { ReevaluationStore } from '../reevaluation-store.js';
import type { RehearsalService } from '../rehearsal-service.js';
import type { RehearsalStore } from '../rehearsal-store.js';
import type { RulePackService } from '../rule-pack-service.js';
import type { RulePackRow, RulePackStore } from '../rule-pack-store.js';
import { DraftPackRequest, RehearsedChangesQuery, RulePackListQuery } from './rule-pack-requests.js';
import {
  RehearsalBody,
  RehearsedChangePageBody,
  RulePackVersionBody,
  RulePackVersionPageBody,
} from './rule-pack-responses.js';
import { inForceView, rehearsalView, versionView } from './rule-pack-view.js';

const TAG = 'Classification';

export interface RulePackParts {
  readonly service: RulePackService;
  readonly store: RulePackStore;
  readonly rehearsing: RehearsalService;
  readonly rehearsals: RehearsalStore;
  readonly packs: Packs;
  readonly people: PeopleNames;
  readonly reviews: Pick<ReevaluationStore, 'reach'>;
}

/** Rule packs as governed law: versions, their rehearsals, and the two acts of two people that make one law. */
export const rulePackRoutes = (parts: RulePackParts): Route[] => [
  ...versions(parts),
  ...acts(parts),
  ...rehearsals(parts),
];

const actorsOf = (row: Omit<RulePackRow, 'content'>): readonly (Id | null)[] => [
  row.author,
  row.proposed_by,
  row.published_by,
];

const versions = ({ service, store, rehearsals: rehearsed, packs, people, reviews }: RulePackParts): Route[] => [
  command<DraftPackRequest>({
    path: '/api/rule-packs',
    permission: 'rule-pack.draft',
    summary: 'Write a changed version of a rule pack; it is in force nowhere until two people have published it',
    tag: TAG,
    body: DraftPackRequest,
    response: RulePackVersionBody,
    status: 201,
    handler: async (call, tx) => {
      const row = await service.draft(tx, call.principal, plain(call.body));
      return row.ok ? replyOf(versionView(row.value, call.principal), { status: 201, version: 1 }) : row;
    },
  }),
  query<RulePackListQuery>({
    path: '/api/rule-pack-versions',
    permission: 'rule-pack.govern',
    summary: 'Versions of rule packs that people wrote here, newest first',
    tag: TAG,
    query: RulePackListQuery,
    response: RulePackVersionPageBody,
    handler: async (call, reader) => {
      const { limit, pageToken, ...filter } = plain(call.query);
      const offset = offsetOf(pageToken);
      if (!offset.ok) return offset;
      const { rows, total } = await store.list(reader, filter, { offset: offset.value, limit });
      const named = await namedOf(people, reader, rows.flatMap(actorsOf));
      const items = rows.map((row) => {
        const own = named.filter(({ id }) => actorsOf(row).includes(id));
        return { ...versionView(row, call.principal), people: own };
      });
      return replyOf(pageOf(items, offset.value, total));
    },
  }),
  query({
    path: '/api/rule-packs/:id',
    permission: 'rule-pack.govern',
    summary: 'A version of a rule pack by its id, or the one in force by the code of its pack, with its content',
    tag: TAG,
    response: RulePackVersionBody,
    handler: async (call, reader) => {
      const row = await store.find(reader, call.params.id ?? '');
      if (row === null) {
        const inForce = packs.current(call.params.id ?? '');
        return inForce === null ? notFound() : replyOf(inForceView(inForce.pack), { version: inForce.pack.version });
      }
      const found = await rehearsed.ofDraft(reader, row.id);
      const view = versionView(row, call.principal);
      const rehearsalsOf = found.map((one) => rehearsalView(one, call.principal));
      const named = await namedOf(people, reader, actorsOf(row));
      const base = packs.all.find(({ pack }) => pack.id === row.pack && pack.hash === row.based_on)?.pack;
      const differs = base === undefined ? {} : { differs: packDifferences(base, row.content) };
      const inForce = row.state === 'published' && packs.current(row.pack)?.pack.version === row.number;
      const reach = inForce ? { reach: await reviews.reach(reader, { pack: row.pack, version: row.number }) } : {};
      const more = { rehearsals: rehearsalsOf, content: row.content, people: named, ...differs, ...reach };
      return replyOf({ ...view, ...more }, { version: row.version });
    },
  }),
];

type Act = (
  tx: Transaction,
  principal: Principal,
  id: Id,
  fits: (row: RulePackRow) => Result<void>,
) => Promise<Result<RulePackRow>>;

function acts({ service, rehearsing }: RulePackParts): Route[] {
  const act = (name: 'propose' | 'publish' | 'withdraw', summary: string, work: Act): Route =>
    command({
      path: `/api/rule-packs/:id/commands/${name}`,
      permission: `rule-pack.${name}`,
      summary,
      tag: TAG,
      ifMatch: true,
      response: RulePackVersionBody,
      handler: async (call, tx) => {
        const fits = (row: RulePackRow) => matchVersion(call.ifMatch, row.version);
        const row = await work(tx, call.principal, call.params.id ?? '', fits);
        return row.ok ? replyOf(versionView(row.value, call.principal), { version: row.value.version }) : row;
      },
    });
  return [
    act('propose', 'Propose a version for publication', (...given) => service.propose(...given)),
    act('publish', 'Publish a proposed version: by a second person, after its rehearsal', (...given) =>
      service.publish(...given),
    ),
    act('withdraw', 'Withdraw a version that is not published', (...given) => service.withdraw(...given)),
    action({
      path: '/api/rule-packs/:id/commands/rehearse',
      permission: 'rule-pack.rehearse',
      summary: 'Run a version over the catalogue and recorded decisions; nothing is written to either',
      tag: TAG,
      response: RehearsalBody,
      status: 202,
      handler: async (call) => {
        const row = await rehearsing.start(call.principal, call.params.id ?? '');
        if (!row.ok) return row;
        const headers = { location: `/api/rehearsals/${row.value.id}` };
        return replyOf(rehearsalView(row.value, call.principal), { status: 202, headers });
      },
    }),
  ];
}

const rehearsals = ({ rehearsing, rehearsals: store }: RulePackParts): Route[] => [
  query({
    path: '/api/rehearsals/:id',
    permission: 'rule-pack.govern',
    summary: 'How far a rehearsal is, and how much would differ',
    tag: TAG,
    response: RehearsalBody,
    handler: async (call, reader) => {
      const row = await store.find(reader, call.params.id ?? '');
      return row === null ? notFound() : replyOf(rehearsalView(row, call.principal), { version: row.version });
    },
  }),
  query<RehearsedChangesQuery>({
    path: '/api/rehearsals/:id/changes',
    permission: 'rule-pack.govern',
    summary: 'What would differ, by kind: datasets, grants, applications, rulings, access decisions, golden cases',
    tag: TAG,
    query: RehearsedChangesQuery,
    response: RehearsedChangePageBody,
    handler: async (call, reader) => {
      const { limit, pageToken, kind } = call.query;
      const offset = offsetOf(pageToken);
      if (!offset.ok) return offset;
      const row = await store.find(reader, call.params.id ?? '');
      if (row === null) return notFound();
      const { changes, total } = await store.changes(reader, row.id, kind, { offset: offset.value, limit });
      return replyOf(pageOf(changes, offset.value, total));
    },
  }),
  command({
    path: '/api/rehearsals/:id/commands/cancel',
    permission: 'rule-pack.rehearse',
    summary: 'Cancel a running rehearsal; what it found so far stays',
    tag: TAG,
    response: RehearsalBody,
    handler: async (call, tx) => {
      const row = await rehearsing.cancel(tx, call.principal, call.params.id ?? '');
      return row.ok ? replyOf(rehearsalView(row.value, call.principal), { version: row.value.version }) : row;
    },
  }),
];
