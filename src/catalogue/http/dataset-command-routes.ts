import { type Call, command, plain, type Reply, replyOf, type Route } from '../../http/index.js';
import type { Principal } from '../../kernel/principal.js';
import type { Result } from '../../kernel/result.js';
import type { Language, Text } from '../../kernel/text.js';
import type { Reader, Transaction } from '../../persistence/index.js';
import type { WrittenContent } from '../domain/content.js';
import type { DatasetRecord } from '../domain/dataset.js';
import type { DatasetCommand, Grounds } from '../domain/lifecycle.js';
import type { Catalogue } from '../create-catalogue.js';
import { DatasetResponse } from './dataset-response.js';
import { DatasetBody, DatasetPatchBody, type DistributionBody, ReasonBody, type TermShape } from './dataset-shapes.js';

/** Port to the directory: a record as its page shows it to one caller. */
export interface DatasetPages {
  page(reader: Reader, principal: Principal, record: DatasetRecord, language: Language): Promise<DatasetResponse>;
}

const TAG = 'Catalogue';

/** What stewards do to datasets. */
export const datasetCommandRoutes = (catalogue: Catalogue, pages: DatasetPages): Route[] => [
  ...writing(catalogue, pages),
  ...acts(catalogue, pages),
];

async function answer(
  pages: DatasetPages,
  call: Call<unknown, unknown>,
  tx: Transaction,
  done: Result<DatasetRecord>,
  status = 200,
): Promise<Result<Reply>> {
  if (!done.ok) return done;
  const page = await pages.page(tx, call.principal, done.value, call.language);
  return replyOf(page, { version: done.value.version, status });
}

const writing = ({ service }: Catalogue, pages: DatasetPages): Route[] => [
  command<DatasetBody>({
    path: '/api/datasets',
    permission: 'dataset.create',
    summary: 'Write a new dataset of the own body, as a draft',
    tag: TAG,
    body: DatasetBody,
    response: DatasetResponse,
    status: 201,
    handler: async (call, tx) => {
      const content = { ...EMPTY, ...written(call.body) };
      return answer(pages, call, tx, await service.create(tx, call.principal, call.body.identifier, content), 201);
    },
  }),
  command<DatasetPatchBody>({
    method: 'patch',
    path: '/api/datasets/:id',
    permission: 'dataset.edit',
    summary: 'Change what is named; facts that bear on the tier are judged anew',
    tag: TAG,
    body: DatasetPatchBody,
    response: DatasetResponse,
    ifMatch: true,
    handler: async (call, tx) => {
      const edit = { kind: 'edit' as const, written: written(call.body) };
      const id = call.params['id'] ?? '';
      return answer(pages, call, tx, await service.command(tx, call.principal, id, call.ifMatch, edit));
    },
  }),
];

function acts({ service }: Catalogue, pages: DatasetPages): Route[] {
  const act = (
    kind: DatasetCommand['kind'],
    summary: string,
    body: typeof ReasonBody | undefined,
    given: (body: ReasonBody) => DatasetCommand,
  ): Route =>
    command<ReasonBody>({
      path: `/api/datasets/:id/commands/${kind}`,
      permission: `dataset.${kind}`,
      summary,
      tag: TAG,
      ...(body === undefined ? {} : { body }),
      response: DatasetResponse,
      ifMatch: true,
      handler: async (call, tx) => {
        const id = call.params['id'] ?? '';
        return answer(pages, call, tx, await service.command(tx, call.principal, id, call.ifMatch, given(call.body)));
      },
    });
  return [
    act('list', 'Put a draft into the public catalogue', undefined, () => ({ kind: 'list' })),
    act('suspend', 'Stop serving the data; the record stays visible', ReasonBody, (body) => ({
      kind: 'suspend',
      ...grounds(body),
    })),
    act('withdraw', 'Take the dataset out of the catalogue', ReasonBody, (body) => ({
      kind: 'withdraw',
      ...grounds(body),
    })),
    act(
      'restore',
      'List a suspended or withdrawn dataset again; a draft that was withdrawn is a draft again',
      undefined,
      () => ({ kind: 'restore' }),
    ),
  ];
}

const grounds = ({ reason, wording }: ReasonBody): Grounds => ({
  reason,
  ...(wording && { wording: plain(wording) as Text }),
});

const EMPTY: WrittenContent = {
  title: {},
  abstract: {},
  keywords: [],
  field: null,
  declaredTier: null,
  securityLevel: null,
  sharingTier: 'unconditional',
  sharingCondition: null,
  legalBasis: null,
  items: [],
  distributions: [],
  deliveryKinds: [],
  documents: [],
  sandbox: null,
  conditions: [],
  agreementTemplate: null,
  updateFrequency: null,
  lastUpdated: null,
  listedWhenRestricted: false,
  nationalRegistrationCode: null,
};

const MEMBERS = Object.keys(EMPTY) as (keyof WrittenContent)[];

/** The members a body names, as plain data. */
function written(body: DatasetPatchBody): Partial<WrittenContent> {
  const given = Object.fromEntries(
    MEMBERS.filter((key) => body[key] !== undefined).map((key) => [key, plain(body[key])]),
  );
  return {
    ...given,
    ...(body.sharingConditionWording !== undefined && { sharingCondition: worded(body.sharingConditionWording) }),
    ...(body.legalBasisWording !== undefined && { legalBasis: worded(body.legalBasisWording) }),
    ...(body.sandbox && { sandbox: { text: plain(body.sandbox.text) as Text, url: body.sandbox.url ?? null } }),
    ...(body.distributions && { distributions: body.distributions.map(distributionOf) }),
  };
}

const worded = (wording: TermShape | null): Text | null => (wording === null ? null : (plain(wording) as Text));

const distributionOf = (body: DistributionBody): WrittenContent['distributions'][number] => ({
  ...(body.id === undefined ? {} : { id: body.id }),
  title: { ...body.title },
  format: body.format,
  ...(body.mediaType === undefined ? {} : { mediaType: body.mediaType }),
  kind: body.kind,
  url: body.url ?? null,
});
