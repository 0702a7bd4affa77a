import type { Express } from 'express';
import type { ExamplePortal } from '../example-portal.js';

/** `GET /portal/files/<distribution>.<csv|json>?purpose=…`: the demo's portal, in front of the demo's files. */
export const mountExamplePortal =
  (portal: ExamplePortal) =>
  (app: Express): void => {
    app.get('/portal/files/:name', async (request, response) => {
      const { purpose } = request.query;
      const answer = await portal.serve(
        request.params.name,
        request.headers.authorization,
        typeof purpose === 'string' ? purpose : undefined,
      );
      response.set({ ...answer.headers, 'cache-control': 'no-store' }).status(answer.status);
      response.end(answer.body);
    });
  };
