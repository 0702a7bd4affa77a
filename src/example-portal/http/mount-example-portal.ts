import type { Express, Request, Response } from 'express';
import type { ExamplePortal } from '../example-portal.js';
import { languageOf } from '../texts.js';

/** Somebody who follows a link, not a program: browsers say that they would like a page. */
const wantsPage = ({ headers }: Request): boolean =>
  headers.authorization === undefined && /\btext\/html\b/.test(headers.accept ?? '');

/** The console's page of this file, where the refusal is explained and a visitor who signed in may ask again. */
const pageOf = (distribution: string, query: Readonly<Record<string, string | undefined>>): string => {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return `/portal/${encodeURIComponent(distribution)}?${new URLSearchParams(given).toString()}`;
};

/**
 * `GET /files/<distribution>/<name>?purpose=…` and `GET /data-api/<distribution>?purpose=…`: the demo's portal, in
 * front of the demo's files. The same addresses stand in `policies/url-patterns.yaml`, for a proxy that asks itself.
 * A browser that may not have a file is led to the page that says why; a program gets the problem document.
 */
export const mountExamplePortal =
  (portal: ExamplePortal) =>
  (app: Express): void => {
    const serve = async (request: Request<{ distribution: string }>, response: Response): Promise<void> => {
      const { distribution } = request.params;
      const { authorization, 'accept-language': accepted } = request.headers;
      const purpose = typeof request.query['purpose'] === 'string' ? request.query['purpose'] : undefined;
      const apiKey = request.get('x-api-key');
      const language = languageOf(accepted);
      const answer = await portal.serve(distribution, { authorization, apiKey, purpose, language });
      response.set('cache-control', 'no-store').vary('accept');
      if (answer.status !== 200 && wantsPage(request)) {
        const dataset = await portal.datasetOf(distribution);
        response.redirect(303, pageOf(distribution, { dataset, purpose }));
        return;
      }
      answer.watch?.(response);
      response
        .set({ ...answer.headers })
        .status(answer.status)
        .end(answer.body);
    };
    app.get('/files/:distribution/:name', serve);
    app.get('/data-api/:distribution', serve);
  };
