import { command, plain, query, type Reply, replyOf, type Route } from '../../http/index.js';
import { etagOf } from '../../kernel/etag.js';
import { actorOf } from '../../kernel/principal.js';
import { refusal } from '../../kernel/refusal.js';
import { err, ok, type Result } from '../../kernel/result.js';
import type { FormContent } from '../domain/form.js';
import { answersSchema } from '../domain/form-schema.js';
import type { FormService } from '../form-service.js';
import type { FormStore, StoredForm } from '../form-store.js';
import { formView } from '../form-view.js';
import { FormListBody, FormPageBody, FormPublishRequest } from './form-shapes.js';

export interface FormRouteDeps {
  readonly store: FormStore;
  readonly service: FormService;
}

const TAG = 'Applications';
const PATH = '/api/forms';

const pageOf = ({ form, version }: StoredForm): FormPageBody => ({
  ...(formView(form) as FormPageBody),
  schema: answersSchema(form) as object,
  etag: etagOf(version),
});

const answer = (stored: Result<StoredForm>, status = 200): Result<Reply> =>
  stored.ok ? replyOf(pageOf(stored.value), { version: stored.value.version, status }) : stored;

/** Forms of purposes: applicants read them, the policy officer publishes the next and takes one out of force. */
export const formRoutes = ({ store, service }: FormRouteDeps): Route[] => [
  query({
    path: PATH,
    permission: 'form.read',
    tag: TAG,
    summary: 'The forms in force, one for each purpose that has one',
    response: FormListBody,
    handler: async (_call, reader) => replyOf({ items: (await store.list(reader)).map(pageOf) }),
  }),
  query({
    path: `${PATH}/:id`,
    permission: 'form.read',
    tag: TAG,
    summary: 'One version of a form, also one that is no longer in force',
    response: FormPageBody,
    handler: async (call, reader) => {
      const found = await store.stored(reader, call.params['id'] ?? '');
      return answer(found === null ? err(refusal('not-found')) : ok(found));
    },
  }),
  command<FormPublishRequest>({
    path: PATH,
    permission: 'form.write',
    tag: TAG,
    status: 201,
    summary: 'Publish the form of a purpose, or its next version',
    body: FormPublishRequest,
    response: FormPageBody,
    handler: async ({ body, principal }, tx) => {
      const { replaces = null, ...content } = plain(body);
      return answer(await service.publish(tx, content as FormContent, replaces, actorOf(principal)), 201);
    },
  }),
  command({
    path: `${PATH}/:id/commands/withdraw`,
    permission: 'form.write',
    tag: TAG,
    ifMatch: true,
    summary: 'Take a form out of force: its purpose asks for none from now on',
    response: FormPageBody,
    handler: async (call, tx) => answer(await service.withdraw(tx, call, call.params['id'] ?? '')),
  }),
];
