import type { Applications } from '../applications/index.js';
import type { Catalogue } from '../catalogue/index.js';
import { type Grants, seesEveryGrant, seesGrant } from '../grants/index.js';
import type { Identity } from '../identity/index.js';
import type { Ids } from '../kernel/ids.js';
import {
  createNotices,
  loadNoticeTable,
  type NoticeSight,
  type NoticeSurroundings,
  type Notices,
} from '../notices/index.js';
import type { Reactions } from '../persistence/index.js';
import { loadRegisterRules } from '../register/index.js';
import { type Ladder, seesEveryViolation, seesViolation, type Supervision } from '../supervision/index.js';
import { datasetsOnce, organisationsOnce } from './read-once.js';

interface Sources {
  readonly identity: Pick<Identity, 'organisations'>;
  readonly datasets: Catalogue['datasets'];
  readonly applications: Pick<Applications, 'queries' | 'workflow'>;
  readonly grants: Pick<Grants, 'store'>;
  readonly supervision: Pick<Supervision, 'store' | 'views'>;
  readonly ladder: Ladder;
}

/** What notices ask of the slices whose acts they tell. */
const noticeSurroundings = (
  { identity, datasets, applications, grants, supervision, ladder }: Sources,
  articles: ReturnType<typeof loadRegisterRules>['articles'],
): NoticeSurroundings => ({
  ...organisationsOnce(identity.organisations),
  application: (reader, id) => applications.queries.application(reader, id),
  grant: async (reader, id) => (await grants.store.find(reader, id))?.grant ?? null,
  grantsOf: async (reader, application) =>
    (await grants.store.ofApplication(reader, application)).map(({ grant }) => grant),
  violation: async (reader, id) => (await supervision.store.find(reader, id))?.violation ?? null,
  sanction: async (reader, id) => (await supervision.views.sanctions.find(reader, id))?.sanction ?? null,
  datasetTitle: datasetsOnce(datasets).title,
  violationKind: (kind) => ladder.kinds[kind].text,
  refusalReason: (code) => {
    const words = applications.workflow.source.refusalReasons[code];
    return words === undefined ? null : { ...words, article: articles[code] ?? null };
  },
});

/** Each slice answers for its own pages. */
const noticeSight = ({ applications, grants, supervision }: Sources): NoticeSight => ({
  sees: async (reader, principal, kind, id) => {
    if (kind === 'application') return (await applications.queries.visible(reader, principal, id)).ok;
    if (kind === 'grant') {
      const grant = (await grants.store.find(reader, id))?.grant;
      return grant !== undefined && seesGrant(principal, grant);
    }
    const violation = (await supervision.store.find(reader, id))?.violation;
    return violation !== undefined && seesViolation(principal, violation);
  },
  heldAgainst: (principal, { approval }) => seesViolation(principal, approval),
  all: (principal) => [
    ...(applications.workflow.source.readers.some((role) => principal.roles.includes(role))
      ? (['application'] as const)
      : []),
    ...(seesEveryGrant(principal) ? (['grant'] as const) : []),
    ...(seesEveryViolation(principal) ? (['violation'] as const) : []),
  ],
});

/** Notices over these slices. */
export const noticesOf = (
  { ids, reactions, policies }: { readonly ids: Ids; readonly reactions: Reactions; readonly policies: string },
  sources: Sources,
): Notices =>
  createNotices({
    ids,
    reactions,
    table: loadNoticeTable(policies),
    surroundings: noticeSurroundings(sources, loadRegisterRules(policies).articles),
    sight: noticeSight(sources),
  });
