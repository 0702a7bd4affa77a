import { expect } from 'chai';
import request, { type Response } from 'supertest';
import type { CommandName } from '../../../src/applications/index.js';
import type { Name } from '../../unit/applications/world.js';
import type { Platform } from './platform.js';

export const draftBody = (more: object = {}): object => ({
  datasets: [{ dataset: 'roads' }],
  purpose: { category: 'research', scenario: 'Travel-time model for logistics planning in the city' },
  delivery: 'download',
  period: { from: '2026-03-02', to: '2027-03-01' },
  ...more,
});

/** Speaks to a platform over HTTP as one of its people. */
export class Driver {
  constructor(readonly platform: Platform) {}

  get(who: Name, path: string): Promise<Response> {
    return Promise.resolve(request(this.platform.app).get(path).set('authorization', who));
  }

  async create(who: Name, more: object = {}): Promise<Response> {
    return request(this.platform.app).post('/api/applications').set('authorization', who).send(draftBody(more));
  }

  /** Publishes a form for a purpose. */
  async publishForm(body: object = {}): Promise<Response> {
    const asked = { name: 'users', kind: 'number', title: { zh: '用户数', en: 'Users' }, required: true, minimum: 1 };
    const form = { purpose: 'research', title: { en: 'Research' }, obligatory: true, fields: [asked], ...body };
    return request(this.platform.app).post('/api/forms').set('authorization', 'approver').send(form);
  }

  /** Sends a file as an attachment of the caller's organisation. */
  async attach(who: Name, name: string, content: Buffer | string): Promise<Response> {
    return request(this.platform.app)
      .post(`/api/attachments?name=${encodeURIComponent(name)}`)
      .set({ authorization: who, 'content-type': 'application/octet-stream' })
      .send(Buffer.from(content));
  }

  async patch(who: Name, id: string, body: object, etag?: string): Promise<Response> {
    const path = `/api/applications/${id}`;
    const ifMatch = etag ?? (await this.etag(who, id));
    return request(this.platform.app).patch(path).set('authorization', who).set('if-match', ifMatch).send(body);
  }

  /** Reads the application for its ETag and gives the command, as a console does. */
  async command(
    who: Name,
    id: string,
    name: CommandName,
    body: object = {},
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const ifMatch = headers['if-match'] ?? (await this.etag(who, id));
    const path = `/api/applications/${id}/commands/${name}`;
    return request(this.platform.app)
      .post(path)
      .set({ authorization: who, ...headers, 'if-match': ifMatch })
      .send(body);
  }

  private async etag(who: Name, id: string): Promise<string> {
    const seen = await this.get(who, `/api/applications/${id}`);
    return (seen.body as { etag?: string }).etag ?? '"none"';
  }

  /** A new application, taken as far as the named step; gives its id. */
  async at(
    step: 'draft' | 'submitted' | 'holder' | 'authority' | 'approved' | 'concluded',
    more: object = {},
  ): Promise<string> {
    const created = await this.create('handler', more);
    expect(created.status, JSON.stringify(created.body)).to.equal(201);
    const { id } = created.body as { id: string };
    const steps: readonly (readonly [Name, CommandName, object, string])[] = [
      ['handler', 'submit', {}, 'submitted'],
      ['reviewer', 'accept', {}, 'holder'],
      ['reviewer', 'claim', {}, 'claimed'],
      ['reviewer', 'advise', { recommendation: 'approve', remark: 'fits' }, 'authority'],
      ['approver', 'approve', {}, 'approved'],
      ['signatory', 'accept-agreement', { version: 1, hash: 'h1' }, 'concluded'],
    ];
    const last = steps.findIndex(([, , , reached]) => reached === step);
    for (const [who, name, body] of steps.slice(0, last + 1)) {
      const done = await this.command(who, id, name, body);
      expect(done.status, `${name}: ${JSON.stringify(done.body)}`).to.equal(200);
    }
    return id;
  }
}

/** The answer must be this problem, with its status; gives the problem document. */
export function refusedWith(response: Response, status: number, code: string): Record<string, unknown> {
  const body = response.body as Record<string, unknown>;
  expect({ status: response.status, code: body['code'] }, JSON.stringify(body)).to.deep.equal({ status, code });
  expect(response.headers['content-type']).to.match(/^application\/problem\+json/);
  return body;
}
