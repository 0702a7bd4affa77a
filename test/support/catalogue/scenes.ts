import type request from 'supertest';
import type { catalogueProblems } from '../../../src/kernel/problems/catalogue.js';
import { BODY, type CataloguePlatform, entry, file } from './platform.js';

/** One scene for each code of the chapter. */
export const SCENES: Record<
  keyof typeof catalogueProblems,
  (platform: CataloguePlatform) => Promise<request.Response>
> = {
  'dataset-state': async (platform) => {
    const { id, etag } = await platform.listed();
    return platform.send('steward', 'post', `/api/datasets/${id}/commands/list`, {}, etag);
  },
  'identifier-taken': async (platform) => {
    await platform.draft();
    return platform.send('steward', 'post', '/api/datasets', BODY);
  },
  'listing-incomplete': async (platform) => {
    const { id, etag } = await platform.draft({ declaredTier: 'conditional', abstract: {} });
    return platform.send('steward', 'post', `/api/datasets/${id}/commands/list`, {}, etag);
  },
  'unknown-condition-kind': (platform) =>
    platform.send('steward', 'post', '/api/datasets', {
      ...BODY,
      conditions: [{ kind: 'bribe', text: { zh: '请' }, evidenceRequired: false }],
    }),
  'condition-names-applicant': (platform) =>
    platform.send('steward', 'post', '/api/datasets', {
      ...BODY,
      conditions: [{ kind: 'applicant-kind', text: { zh: '仅限临港智行科技有限公司申请' }, evidenceRequired: false }],
    }),
  'repeated-item': (platform) =>
    platform.send('steward', 'post', '/api/datasets', { ...BODY, items: [BODY.items[0], BODY.items[0]] }),
  'unknown-distribution': (platform) =>
    platform.send('steward', 'post', '/api/datasets', {
      ...BODY,
      distributions: [{ ...BODY.distributions[0], id: '01JD0000000000000000000000' }],
    }),
  'unknown-agreement-template': (platform) =>
    platform.send('steward', 'post', '/api/datasets', { ...BODY, agreementTemplate: '01JD0000000000000000000000' }),
  'unknown-import-format': (platform) =>
    platform.send('admin', 'post', '/api/catalogue/imports?format=xlsx&source=city', {}),
  'unknown-profile': (platform) =>
    platform.send('admin', 'post', '/api/catalogue/imports?format=data-json&source=city&profile=x', {}),
  'import-running': async (platform) => {
    const path = '/api/catalogue/imports?format=data-json&source=city';
    const body = JSON.parse(file(...Array.from({ length: 2_000 }, (_, at) => entry(`n${at}`)))) as object;
    await platform.send('admin', 'post', path, body);
    const second = await platform.send('admin', 'post', path, body);
    await platform.catalogue.importing.settled();
    return second;
  },
  'record-refused': (platform) =>
    platform.send('steward', 'post', '/api/datasets', { ...BODY, title: { zh: '部队位置 绝密★' } }),
};
