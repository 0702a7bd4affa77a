import {
  type Call,
  command,
  matchVersion,
  notFound,
  offsetOf,
  pageOf,
  plain,
  query,
  type Reply,
  type Route,
  replyOf,
} from '../../http/index.js';
import { type Refusal, refusal } from '../../kernel/refusal.js';
import { err, ok, type Result } from '../../kernel/result.js';
import type { Language } from '../../kernel/text.js';
import { type Day, dayOf } from '../../kernel/time.js';
import type { AssessmentQueries } from '../assessment-queries.js';
import type { AssessmentService } from '../assessment-service.js';
import type { AssessmentRow, Evidence } from '../assessment-store.js';
import { assess } from '../domain/assess.js';
import type { AssessmentCommand } from '../domain/assessment.js';
import type { Facts } from '../domain/facts.js';
import { replayText } from '../domain/replay.js';
import { evidenceOfReport } from '../local-report.js';
import { namedOf, type PeopleNames } from '../people-names.js';
import { type Packs, sha256 } from '../packs/load.js';
import {
  ArgumentRequest,
  AssessmentListQuery,
  AssessmentRequest,
  ConfirmGroupRequest,
  OverrideManyRequest,
  OverrideRequest,
  PreviewRequest,
  ProposeTierRequest,
} from './assessment-requests.js';
import {
  AssessmentBody,
  AssessmentPageBody,
  AssessmentStartedBody,
  GroupConfirmedBody,
  OverriddenBody,
  PreviewBody,
  ReplayBody,
  RulePackPageBody,
} from './assessment-responses.js';
import { assessmentView, packView, previewView } from './assessment-view.js';
import { alikeRoute } from './alike-route.js';
import { groupRoutes, groupVersion } from './group-routes.js';
import { recipeRoutes } from './recipe-routes.js';
import { type SampleParts, sampleRoutes, takeSample } from './sample-routes.js';
import { assessmentToCome } from './sample-view.js';

const TAG = 'Classification';

export interface ClassificationParts {
  readonly packs: Packs;
  readonly people: PeopleNames;
  readonly service: AssessmentService;
  readonly queries: AssessmentQueries;
}
type Parts = ClassificationParts & SampleParts;

/** What a body says about a dataset, findings of a local report included. What lifts a ground is there, not announced. */
function submittedOf(body: AssessmentRequest, today: Day): Result<Evidence & Pick<Facts, 'secrecy'>> {
  const { report, ...rest } = plain(body);
  const announced = (['consent', 'deidentification'] as const).filter((part) => (rest[part]?.date ?? '') > today);
  if (announced.length > 0) return err(inFuture(announced));
  if (report === undefined) return ok(rest);
  const read = evidenceOfReport(report);
  return read.ok
    ? ok({ ...rest, ...read.value, findings: [...(read.value.findings ?? []), ...(rest.findings ?? [])] })
    : read;
}

const inFuture = (parts: readonly string[]): Refusal => {
  const errors = parts.map((part) => ({ pointer: `/${part}/date`, code: 'record-in-future', detail: 'after today' }));
  return refusal('record-in-future', undefined, { errors });
};

const isSecret = ({ secrecy }: Pick<Facts, 'secrecy'>): boolean => secrecy !== undefined && secrecy !== 'none';

type Viewed = (row: AssessmentRow, call: Call<unknown, unknown>) => Result<Reply>;

/** Routes of assessments, rule packs and the proposal of a tier. */
export function classificationRoutes(parts: Parts): Route[] {
  const replied: Viewed = (row, call) => replyOf(viewOf(parts.packs, row, call), { version: row.version });
  return [
    ...trying(parts.packs),
    ...reading(parts),
    ...proposing(parts, replied),
    ...deciding(parts, replied),
    ...sampleRoutes(parts),
    ...groupRoutes(parts.packs, parts.queries),
    alikeRoute(parts.packs, parts.queries),
    ...recipeRoutes(parts.queries),
  ];
}

const viewOf = (packs: Packs, row: AssessmentRow, { language, principal }: Call<unknown, unknown>): AssessmentBody =>
  assessmentView(row, packs.exactly(row.pack, row.pack_version, row.pack_hash)?.pack ?? null, language, principal);

const reading = ({ packs, people, queries, sampleQueries }: Parts): Route[] => [
  query<AssessmentListQuery>({
    path: '/api/assessments',
    permission: 'assessment.read',
    summary: 'Assessments, newest first, and their groups',
    tag: TAG,
    query: AssessmentListQuery,
    response: AssessmentPageBody,
    handler: async (call, reader) => {
      const { limit, pageToken, ...filter } = plain(call.query);
      const offset = offsetOf(pageToken);
      if (!offset.ok) return offset;
      const { rows, total, groups } = await queries.list(reader, call.principal, filter, {
        offset: offset.value,
        limit,
      });
      const items = rows.map((row) => viewOf(packs, row, call));
      return replyOf({ ...pageOf(items, offset.value, total), groups });
    },
  }),
  query({
    path: '/api/assessments/:id',
    permission: 'assessment.read',
    summary: 'An assessment: verdict, rules that fired, sources; or how far the file is that it will be made of',
    tag: TAG,
    response: AssessmentBody,
    handler: async (call, reader) => {
      const id = call.params.id ?? '';
      const row = await queries.find(reader, call.principal, id);
      if (row !== null) {
        const named = await namedOf(people, reader, [row.proposal.by, row.decision?.by]);
        return replyOf({ ...viewOf(packs, row, call), people: named }, { version: row.version });
      }
      const seen = await sampleQueries.find(reader, call.principal, id);
      if (seen === null) return notFound();
      const mayCancel = call.principal.roles.some((role) => role === 'steward' || role === 'officer');
      return replyOf(assessmentToCome(seen, call.language, mayCancel), { version: seen.sample.version });
    },
  }),
  query({
    path: '/api/assessments/:id/replay',
    permission: 'assessment.read',
    summary: 'Run a stored assessment again from its stored facts: the same bytes, or not',
    tag: TAG,
    response: ReplayBody,
    handler: async (call, reader) => {
      const row = await queries.find(reader, call.principal, call.params.id ?? '');
      if (row === null) return notFound();
      const { pack, pack_version: version, replay_hash: replayHash } = row;
      return replyOf({ replay: queries.replay(row), replayHash, pack, version });
    },
  }),
];

const proposing = ({ service, samples }: Parts, replied: Viewed): Route[] => [
  command<AssessmentRequest>({
    path: '/api/datasets/:id/assessments',
    permission: 'assessment.create',
    summary:
      'Assess a dataset with evidence: facts, the report of a local tiergate classify, or a file (part `sample`)',
    tag: TAG,
    body: AssessmentRequest,
    response: AssessmentStartedBody,
    status: 202,
    handler: async (call, tx) => {
      const submitted = submittedOf(call.body, dayOf(call.now));
      if (!submitted.ok) return submitted;
      if (isSecret(submitted.value)) return err(refusal('state-secret'));
      const { secrecy: _, ...evidence } = submitted.value;
      const row = await service.submit(tx, call.principal, call.params.id ?? '', evidence);
      return row.ok ? replyOf({ id: row.value.id }, { status: 202 }) : row;
    },
    upload: { contentTypes: ['multipart/form-data'], handler: (call) => takeSample(samples, call) },
  }),
  command<ProposeTierRequest>({
    path: '/api/datasets/:id/commands/propose-tier',
    permission: 'tier.propose',
    summary: 'Propose a tier: a stricter one acts at once, a milder one waits for an officer',
    tag: TAG,
    body: ProposeTierRequest,
    ifMatch: true,
    response: AssessmentBody,
    handler: async (call, tx) => {
      const fits = (record: { readonly version: number }) => matchVersion(call.ifMatch, record.version);
      const row = await service.proposeTier(tx, call.principal, call.params.id ?? '', plain(call.body), fits);
      return row.ok ? replied(row.value, call) : row;
    },
  }),
];

function deciding({ service }: ClassificationParts, replied: Viewed): Route[] {
  const decision = <Body extends object>(
    name: 'confirm' | 'override' | 'return',
    body: new () => Body,
    commandOf: (body: Body) => AssessmentCommand,
  ): Route =>
    command<Body>({
      path: `/api/assessments/:id/commands/${name}`,
      permission: 'assessment.decide',
      summary: `${name[0]?.toUpperCase()}${name.slice(1)} what is proposed for a dataset`,
      tag: TAG,
      body,
      ifMatch: true,
      response: AssessmentBody,
      handler: async (call, tx) => {
        const fits = (row: AssessmentRow) => matchVersion(call.ifMatch, row.version);
        const row = await service.decide(tx, call.principal, call.params.id ?? '', commandOf(call.body), fits);
        return row.ok ? replied(row.value, call) : row;
      },
    });
  return [
    decision('confirm', ArgumentRequest, (body) => ({ kind: 'confirm', ...plain(body) })),
    decision('override', OverrideRequest, (body) => ({ kind: 'override', ...plain(body) })),
    decision('return', ArgumentRequest, (body) => ({ kind: 'return', ...plain(body) })),
    confirmingGroups(service),
    overridingSets(service),
  ];
}

const confirmingGroups = (service: AssessmentService): Route =>
  command<ConfirmGroupRequest>({
    path: '/api/assessments/commands/confirm',
    permission: 'assessment.decide',
    summary: 'Confirm every waiting assessment of a group by one act; with If-Match only the group that was looked at',
    tag: TAG,
    body: ConfirmGroupRequest,
    response: GroupConfirmedBody,
    handler: async (call, tx) => {
      const { group, ...argument } = plain(call.body);
      const fits = (rows: readonly AssessmentRow[]) => matchVersion(call.ifMatch, groupVersion(rows));
      const rows = await service.confirmGroup(tx, call.principal, group, argument, fits);
      return rows.ok
        ? replyOf({ group, confirmed: rows.value.length, datasets: rows.value.map((row) => row.dataset) })
        : rows;
    },
  });

const overridingSets = (service: AssessmentService): Route =>
  command<OverrideManyRequest>({
    path: '/api/assessments/commands/override',
    permission: 'assessment.decide',
    summary: 'Give several waiting records one tier by one act: all of them, or none',
    tag: TAG,
    body: OverrideManyRequest,
    response: OverriddenBody,
    handler: async (call, tx) => {
      const { assessments, ...override } = plain(call.body);
      const rows = await service.overrideAll(tx, call.principal, assessments, { kind: 'override', ...override });
      return rows.ok
        ? replyOf({ overridden: rows.value.length, datasets: rows.value.map((row) => row.dataset) })
        : rows;
    },
  });

const trying = (packs: Packs): Route[] => [
  query({
    path: '/api/rule-packs',
    permission: 'rule-pack.read',
    summary: 'The rule packs in force, each rule with its source and whether that text was read',
    tag: TAG,
    response: RulePackPageBody,
    handler: async (call) => {
      const items = packs.inForce.map((one) => {
        const { pack } = one;
        return packView({ pack, shipped: packs.isShipped(one), newer: packs.newerLists(pack) }, call.language);
      });
      return replyOf({ items, nextPageToken: '', total: items.length });
    },
  }),
  command<PreviewRequest>({
    path: '/api/assessments/preview',
    permission: 'assessment.preview',
    summary: 'Try the rules on facts; nothing is stored',
    tag: TAG,
    body: PreviewRequest,
    response: PreviewBody,
    handler: async (call) => preview(packs, call.body, dayOf(call.now), call.language),
  }),
];

function preview(packs: Packs, body: PreviewRequest, today: Day, language: Language): Result<Reply> {
  const { pack: id = 'cn-shanghai', report: _, ...asked } = plain(body);
  const compiled = packs.current(id);
  if (compiled === null) return err(refusal('unknown-pack', id));
  const submitted = submittedOf(body, today);
  if (!submitted.ok) return submitted;
  const { content: _content, ...evidence } = submitted.value;
  const facts: Facts = { ...asked, ...(evidence.findings === undefined ? {} : { findings: evidence.findings }) };
  const answer = assess(facts, compiled);
  if (answer.kind === 'secret') return err(refusal('state-secret'));
  const hash = sha256(replayText(facts, compiled, answer));
  return replyOf(previewView(answer, compiled.pack, facts.findings, hash, language));
}
