import type { Express, Request, Response } from 'express';
import type { ExamplePortal } from '../example-portal.js';

/**
 * `GET /files/<distribution>/<name>?purpose=…` and `GET /data-api/<distribution>?purpose=…`: the demo's portal, in
 * front of the demo's files. The same addresses stand in `policies/url-patterns.yaml`, for a proxy that asks itself.
 */
export const mountExamplePortal =
  (portal: ExamplePortal) =>
  (app: Express): void => {
    const serve = async (request: Request<{ distribution: string }>, response: Response): Promise<void> => {
      const { purpose } = request.query;
      const { authorization } = request.headers;
      const asked = typeof purpose === 'string' ? purpose : undefined;
      const answer = await portal.serve(request.params.distribution, authorization, asked);
      response.set({ ...answer.headers, 'cache-control': 'no-store' }).status(answer.status);
      response.end(answer.body);
    };
    app.get('/files/:distribution/:name', serve);
    app.get('/data-api/:distribution', serve);
  };
