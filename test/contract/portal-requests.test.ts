import { expect } from 'chai';
import { eachBackend } from '../support/databases.js';
import { Caller } from '../support/caller.js';
import { done, refused, Town } from '../support/town.js';

// oxlint-disable-next-line typescript/no-explicit-any -- bodies as a stranger sees them
type Body = any;

/** What portals in other languages send, and how they are told what is wrong with it. */
describe('contract: requests as portals write them', function () {
  this.timeout(240_000);

  eachBackend((backend) => {
    let town: Town;
    let portal: Caller;
    const question = {
      subject: { type: 'anonymous', id: 'anonymous' },
      resource: { type: 'dataset', id: 'none' },
      action: { name: 'download' },
    };
    before(async () => {
      town = await Town.open(backend);
      portal = await town.portal();
    });
    after(() => town?.close());

    it('take the name of the scheme in any case, on every plane, and no other scheme', async () => {
      const nobody = Caller.anonymous(town.address);
      const told = async (scheme: string): Promise<number[]> => {
        const headers = { authorization: `${scheme} ${portal.token}`, 'x-original-uri': '/files/none/data.csv' };
        const { status: own } = await nobody.get('/api/me', headers);
        const { status: asked } = await nobody.post('/access/v1/evaluation', question, headers);
        const check = await nobody.get('/access/check', headers);
        return [own, asked, check.status];
      };
      for (const scheme of ['Bearer', 'bearer', 'BEARER', 'bEARER ']) {
        expect(await told(scheme), scheme).to.deep.equal([200, 200, 403]);
      }
      for (const scheme of ['Basic', 'Bearers', 'Bearer:', '']) {
        expect(await told(scheme), scheme).to.deep.equal([401, 401, 401]);
      }
    });

    it('take JSON by its name however it is written, and nothing else for JSON', async () => {
      const asked = async (path: string, type: string, body: object) =>
        portal.raw('POST', path, JSON.stringify(body), { 'content-type': type });
      for (const [path, body] of [
        ['/access/v1/evaluation', question],
        ['/api/decisions/explain', question],
      ] as const) {
        for (const type of [
          'application/json;',
          'application/json; charset=utf-8',
          'Application/JSON;charset="UTF-8";',
          'application/json ; ; charset=utf-8',
        ])
          done(await asked(path, type, body), 200);
        for (const type of [
          'application/merge-patch+json',
          'text/json',
          'application/json; charset=gbk',
          'application',
        ])
          refused(await asked(path, type, body), 400, 'unsupported-content-type');
      }
    });

    it('say which time is meant by a time that is none, in both languages and without a pattern', async () => {
      const explain = (at: string, language: string) =>
        portal.post('/api/decisions/explain', { ...question, at }, { 'accept-language': language });
      for (const at of ['2026-11-28T09:00:00+08:00', '2026-11-28T01:00:00.123Z', '2026-11-28T01:00Z'])
        done(await explain(at, 'en'), 200);
      for (const [language, words] of [
        ['en', 'must be a time that exists, with its offset'],
        ['zh-CN', '须为真实存在且注明时区的时间'],
      ] as const)
        for (const at of [
          'yesterday',
          '2026-02-30T00:00:00Z',
          '2026-11-28',
          '2026-11-28T09:00:00',
          '2026-11-28T25:00:00Z',
        ]) {
          const { body } = refused(await explain(at, language), 400, 'invalid-body');
          expect(body.errors, at).to.have.length(1);
          expect(body.errors[0], at).to.deep.include({ pointer: '/at', code: 'is-moment' });
          expect(body.errors[0].detail, at).to.contain(words);
        }
    });

    it('show no pattern for a field that is not written as it has to be', async () => {
      const admin = await town.as('admin');
      const portals = { clientId: 'NOT A CLIENT', name: 'x', organisation: 'none' };
      for (const language of ['en', 'zh-CN']) {
        const { body } = refused(
          await admin.post('/api/portals', portals, { 'accept-language': language }),
          400,
          'invalid-body',
        );
        expect(body.errors.map(({ code }: Body) => code)).to.include('matches');
        for (const { detail } of body.errors) expect(detail, language).to.not.match(/regular expression|\^/);
      }
    });

    it('are told of no decision that never was, after a moment in which it could have come', async () => {
      const { evaluationId } = (await town.ask(await town.plain())).context;
      done(await portal.get(`/api/decisions/${evaluationId}`), 200);
      const other = `${evaluationId.slice(0, 10)}ZZZZZZZZ${evaluationId.slice(18)}`;
      refused(await portal.get(`/api/decisions/${other}`), 404, 'not-found');
      refused(await portal.get(`/api/decisions/00${evaluationId.slice(2)}`), 404, 'not-found');
    });
  });
});
