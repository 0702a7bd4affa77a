import { notFound, offsetOf, pageOf, query, type Reply, replyOf, type Route, upload } from '../../http/index.js';
import type { Principal } from '../../kernel/principal.js';
import { refusal } from '../../kernel/refusal.js';
import { err, ok, type Result } from '../../kernel/result.js';
import type { Reader } from '../../persistence/index.js';
import type { ApplicationQueries } from '../application-queries.js';
import type { AttachmentService } from '../attachment-service.js';
import type { AttachmentStore } from '../attachment-store.js';
import { attachmentView } from '../attachment-view.js';
import { type Attachment, ATTACHMENT_TYPES } from '../domain/attachment.js';
import { AttachmentBody, AttachmentListQuery, AttachmentPageBody, AttachmentQuery } from './attachment-shapes.js';

export interface AttachmentRouteDeps {
  readonly attachments: { readonly store: AttachmentStore; readonly service: AttachmentService };
  readonly queries: ApplicationQueries;
}

const TAG = 'Applications';
const PATH = '/api/attachments';
const TYPES = Object.keys(ATTACHMENT_TYPES);

/**
 * The file for saving, never for showing: whatever it holds, no browser runs it on this address. Bytes that are not
 * those of the record are not handed out.
 */
export async function attachmentContent(
  store: AttachmentStore,
  reader: Reader,
  attachment: Attachment,
): Promise<Result<Reply>> {
  const body = await store.content(reader, attachment);
  if (body === null) return err(refusal('attachment-damaged'));
  const { type, name } = attachment;
  const headers = {
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
    'content-security-policy': "sandbox; default-src 'none'",
    'cache-control': 'private, no-store',
  };
  return ok({ body, headers, contentType: type });
}

const ownOf = async (store: AttachmentStore, reader: Reader, principal: Principal, id: string) => {
  const found = await store.find(reader, id);
  return found !== null && found.organisation === principal.organisation?.id ? found : null;
};

/** An organisation's own documents. */
const own = ({ attachments: { store, service } }: AttachmentRouteDeps): Route[] => [
  upload<AttachmentQuery>({
    path: PATH,
    permission: 'attachment.write',
    tag: TAG,
    summary: 'Keep a document of your organisation, to be named in its applications',
    query: AttachmentQuery,
    contentTypes: ['application/octet-stream', ...TYPES],
    response: AttachmentBody,
    status: 201,
    handler: async (call, unit) => {
      const taken = await service.take(unit, call.principal, { name: call.query.name, body: call.body });
      if (!taken.ok) {
        call.body.resume();
        return taken;
      }
      const headers = { location: `${PATH}/${taken.value.id}` };
      return replyOf(attachmentView(taken.value), { status: 201, headers });
    },
  }),
  query<AttachmentListQuery>({
    path: PATH,
    permission: 'attachment.write',
    tag: TAG,
    summary: 'The documents of your organisation, newest first',
    query: AttachmentListQuery,
    response: AttachmentPageBody,
    handler: async ({ query: { limit, pageToken }, principal }, reader) => {
      const offset = offsetOf(pageToken);
      if (!offset.ok) return offset;
      const page = { offset: offset.value, limit };
      const { items, total } = await store.ofOrganisation(reader, principal.organisation?.id ?? '', page);
      const views = items.map((one) => attachmentView(one));
      return replyOf(pageOf(views, offset.value, total));
    },
  }),
  query({
    path: `${PATH}/:id`,
    permission: 'attachment.write',
    tag: TAG,
    summary: 'What is known of a document of your organisation',
    response: AttachmentBody,
    handler: async ({ params, principal }, reader) => {
      const found = await ownOf(store, reader, principal, params['id'] ?? '');
      return found === null ? notFound() : replyOf(attachmentView(found));
    },
  }),
  query({
    path: `${PATH}/:id/content`,
    permission: 'attachment.write',
    tag: TAG,
    summary: 'A document of your organisation',
    produces: TYPES,
    handler: async ({ params, principal }, reader) => {
      const found = await ownOf(store, reader, principal, params['id'] ?? '');
      return found === null ? notFound() : attachmentContent(store, reader, found);
    },
  }),
];

/** The documents of a case, for whoever sees the case: also one that a correction took out of it again. */
const ofCase = ({ attachments: { store }, queries }: AttachmentRouteDeps): Route =>
  query({
    path: '/api/applications/:id/attachments/:attachment/content',
    permission: 'application.read',
    tag: TAG,
    summary: 'A document that the application names, or named when it was sent',
    produces: TYPES,
    handler: async ({ params, principal }, reader) => {
      const [application = '', id = ''] = [params['id'], params['attachment']];
      const seen = await queries.visible(reader, principal, application);
      if (!seen.ok) return seen;
      const found = await store.find(reader, id);
      if (found === null || !(await store.isUsedBy(reader, application, id))) return notFound();
      return attachmentContent(store, reader, found);
    },
  });

export const attachmentRoutes = (deps: AttachmentRouteDeps): Route[] => [...own(deps), ofCase(deps)];
