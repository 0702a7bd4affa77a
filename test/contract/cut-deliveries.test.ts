import { createServer, get, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import express from 'express';
import { PortalClient, type Question, requireEntitlement } from '../../portal-kit/index.js';
import { Cases, fine } from '../support/cases.js';
import { eachBackend } from '../support/databases.js';
import { openApp, type OpenApp } from '../support/server.js';

/** Terms that ask for it, a portal with the kit, and a file that never ends. */
describe('contract: a delivery under way is cut when access ends', function () {
  this.timeout(300_000);
  eachBackend(
    (backend) => {
      let opened: OpenApp;
      let cases: Cases;
      let dataset: string;
      let grant: string;
      let address: string;
      before(async () => {
        opened = await openApp(backend, { seeded: true });
        address = await opened.listen();
        cases = await Cases.open(address);
        dataset = cases.datasets[0] as string;
        grant = await cases.granted();
      });
      const servers: Server[] = [];
      after(async () => {
        await Promise.all(servers.map(closed));
        await opened.close();
      });

      const publish = async (kinds: readonly string[]): Promise<void> => {
        const steward = cases.as('steward-transport');
        const path = `/api/datasets/${dataset}`;
        const { headers, body } = fine(await steward.get(path));
        const said = body.conditions as readonly { readonly kind: string; readonly text: string }[];
        const more = kinds.map((kind) => ({ kind, text: '按条件' }));
        const conditions = [...said, ...more].map(({ kind, text }) => ({
          kind,
          text: { zh: text },
          evidenceRequired: false,
        }));
        fine(await steward.send('PATCH', path, { conditions }, { 'if-match': headers.get('etag') as string }));
      };

      /** A portal that sends a piece every 20 ms for as long as it is let. */
      const portal = async (obligations: readonly string[]) => {
        const { organisation } = fine(await cases.as('enterprise-a-handler').get('/api/me')).body;
        const client = new PortalClient({
          tiergate: address,
          account: { clientId: 'portal', clientSecret: 'tiergate-demo-portal' },
          obligations,
        });
        const question: Question = {
          subject: { type: 'organisation', id: organisation.id },
          resource: { type: 'dataset', id: dataset },
          action: { name: 'download' },
          context: { purpose: 'research' },
        };
        const app = express();
        app.get(
          '/files/stream',
          requireEntitlement(client, () => question),
          (_request, response) => {
            const timer = setInterval(() => response.write('piece\n'), 20);
            response.once('close', () => clearInterval(timer));
          },
        );
        const server = createServer(app);
        servers.push(server);
        await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
        return `http://127.0.0.1:${(server.address() as AddressInfo).port}/files/stream`;
      };

      const download = (url: string) => {
        const seen = { status: 0, pieces: 0, ended: false };
        get(url, (response) => {
          seen.status = response.statusCode ?? 0;
          response.on('data', () => (seen.pieces += 1));
          for (const event of ['aborted', 'error', 'close', 'end']) response.on(event, () => (seen.ended = true));
        }).on('error', () => (seen.ended = true));
        return seen;
      };
      const eventually = async (holds: () => boolean): Promise<void> => {
        for (let tries = 0; tries < 1500 && !holds(); tries++) await sleep(20);
        expect(holds()).to.equal(true);
      };
      const closed = (server: Server): Promise<void> =>
        new Promise((resolve) => {
          server.close(() => resolve());
          server.closeAllConnections();
        });

      it('once its terms say so, and not before', async () => {
        const able = await portal(['attribute', 'log', 'count', 'cut']);
        const unasked = download(able);
        await eventually(() => unasked.pieces > 3);
        fine(await cases.as('supervisor').command(grant, 'suspend', { reason: 'Looked into' }));
        await sleep(3000);
        expect(unasked.ended, 'runs to its end').to.equal(false);
        fine(await cases.as('supervisor').command(grant, 'resume', { reason: 'Cleared' }));

        await publish(['cut-streams']);
        const unable = await portal(['attribute', 'log', 'count']);
        const refused = download(unable);
        await eventually(() => refused.status !== 0);
        expect(refused.status, 'a portal that cannot cut serves nothing').to.equal(503);

        const cut = download(able);
        await eventually(() => cut.pieces > 3);
        await sleep(3000);
        expect(cut.ended, 'goes on while access does').to.equal(false);
        fine(await cases.as('supervisor').command(grant, 'suspend', { reason: 'Looked into' }));
        await eventually(() => cut.ended);
      });
    },
    (backend) => backend.name !== 'embedded on file',
  );
});
