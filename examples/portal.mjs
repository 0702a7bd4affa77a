#!/usr/bin/env node
// The example portal as a process of its own, on plain node:http: before each file leaves, it asks Tiergate.
//   npm run build && node examples/portal.mjs [--tiergate http://127.0.0.1:8080] [--files ./data/files] [--port 8090]
// A visitor brings their own Tiergate token (Authorization: Bearer …), or none for open data:
//   curl -H "authorization: Bearer $TOKEN" "http://127.0.0.1:8090/files/<distribution>/data.csv?purpose=research"
// Credentials of the portal: PORTAL_CLIENT_ID and PORTAL_CLIENT_SECRET; the demo's when they are not set.
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';
import { ExamplePortal, languageOf, Shelf } from '../dist/src/example-portal/index.js';

const { values } = parseArgs({
  options: {
    tiergate: { type: 'string', default: 'http://127.0.0.1:8080' },
    files: { type: 'string', default: './data/files' },
    port: { type: 'string', default: '8090' },
    host: { type: 'string', default: '127.0.0.1' },
  },
});
const account = {
  clientId: process.env.PORTAL_CLIENT_ID ?? 'portal',
  clientSecret: process.env.PORTAL_CLIENT_SECRET ?? 'tiergate-demo-portal',
};
const portal = new ExamplePortal(() => values.tiergate, account, new Shelf(values.files));

const server = createServer(async (request, response) => {
  const url = new URL(request.url ?? '/', 'http://portal');
  const distribution = /^\/(?:files\/(\w+)\/[\w.-]+|data-api\/(\w+))$/.exec(url.pathname)?.slice(1).find(Boolean);
  if (distribution === undefined || request.method !== 'GET') {
    response.writeHead(404, { 'content-type': 'text/plain' });
    response.end('GET /files/<distribution>/<name> or /data-api/<distribution>\n');
    return;
  }
  const { authorization, 'accept-language': accepted } = request.headers;
  const { status, headers, body } = await portal.serve(distribution, {
    authorization,
    purpose: url.searchParams.get('purpose') ?? undefined,
    language: languageOf(accepted),
  });
  response.writeHead(status, { ...headers, 'cache-control': 'no-store' }).end(body);
});
server.listen(Number(values.port), values.host, () => {
  console.log(`example portal on http://${values.host}:${server.address().port}/, asking ${values.tiergate}`);
});
