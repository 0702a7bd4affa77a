import { command, notFound, query, replyOf, type Route } from '../../http/index.js';
import { etagOf } from '../../kernel/etag.js';
import { actorOf } from '../../kernel/principal.js';
import { isoOf } from '../../kernel/time.js';
import type { Agreement } from '../domain/agreement.js';
import type { Catalogue } from '../create-catalogue.js';
import { AgreementBody, AgreementList, AgreementResponse, AgreementRevisionBody } from './catalogue-shapes.js';

const TAG = 'Catalogue';
const path = '/api/agreements';

export const agreementHref = ({ template, version }: Pick<Agreement, 'template' | 'version'>): string =>
  `${path}/${template}/versions/${version}`;

const viewOf = (agreement: Agreement): AgreementResponse => ({
  template: agreement.template,
  version: agreement.version,
  title: agreement.title,
  text: agreement.text,
  hash: agreement.hash,
  execution: agreement.execution,
  publishedAt: isoOf(agreement.publishedAt),
  href: agreementHref(agreement),
  etag: etagOf(agreement.version),
});

const wayOf = ({ execution }: Pick<AgreementBody, 'execution'>) => (execution === undefined ? {} : { execution });

/** Agreement templates: everyone reads them, administrators publish versions. */
export const agreementRoutes = (catalogue: Catalogue): Route[] => [...reading(catalogue), ...publishing(catalogue)];

const reading = ({ agreements }: Catalogue): Route[] => [
  query({
    path,
    permission: 'agreement.read',
    summary: 'The data-use agreements in force',
    tag: TAG,
    response: AgreementList,
    handler: async (_call, reader) => replyOf({ items: (await agreements.list(reader)).map(viewOf) }),
  }),
  query({
    path: `${path}/:template`,
    permission: 'agreement.read',
    summary: 'The version of a template that is in force',
    tag: TAG,
    response: AgreementResponse,
    handler: async (call, reader) => {
      const found = await agreements.current(reader, call.params['template'] ?? '');
      return found === null ? notFound() : replyOf(viewOf(found), { version: found.version });
    },
  }),
  query({
    path: `${path}/:template/versions/:version`,
    permission: 'agreement.read',
    summary: 'One version of a template, also one that was replaced',
    tag: TAG,
    response: AgreementResponse,
    handler: async (call, reader) => {
      const version = call.params['version'] ?? '';
      if (!/^[1-9]\d{0,8}$/.test(version)) return notFound();
      const found = await agreements.get(reader, call.params['template'] ?? '', Number(version));
      return found === null ? notFound() : replyOf(viewOf(found), { version: found.version });
    },
  }),
];

const publishing = ({ agreementService }: Catalogue): Route[] => [
  command<AgreementBody>({
    path,
    permission: 'agreement.write',
    summary: 'Publish a new template as its version 1',
    tag: TAG,
    body: AgreementBody,
    response: AgreementResponse,
    status: 201,
    handler: async ({ body, principal }, tx) => {
      const given = { title: { ...body.title }, text: { ...body.text }, ...wayOf(body) };
      const published = await agreementService.publish(tx, given, actorOf(principal));
      return replyOf(viewOf(published), { version: published.version, status: 201 });
    },
  }),
  command<AgreementRevisionBody>({
    path: `${path}/:template/commands/revise`,
    permission: 'agreement.write',
    summary: 'Publish the next version; it has to be accepted anew',
    tag: TAG,
    body: AgreementRevisionBody,
    response: AgreementResponse,
    ifMatch: true,
    handler: async ({ body, params, ifMatch, principal }, tx) => {
      const given = { ...(body.title && { title: { ...body.title } }), text: { ...body.text }, ...wayOf(body) };
      const revised = await agreementService.revise(tx, params['template'] ?? '', ifMatch, given, actorOf(principal));
      return revised.ok ? replyOf(viewOf(revised.value), { version: revised.value.version }) : revised;
    },
  }),
];
