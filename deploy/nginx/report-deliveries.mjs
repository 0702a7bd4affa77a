#!/usr/bin/env node
// Reports to Tiergate what nginx served: reads the lines of `deliveries.log` (see http.conf) from standard input, one
// after the other. A line that Tiergate cannot take now is tried again until it can; one that it refuses is said and
// left. The same line twice counts once, so a restart may begin anew; so does a download that came in parts.
//   tail -F -n +1 /var/log/nginx/deliveries.log | node report-deliveries.mjs
// TIERGATE_URL (default http://127.0.0.1:8080), PORTAL_CLIENT_ID, PORTAL_CLIENT_SECRET
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

const { TIERGATE_URL = 'http://127.0.0.1:8080', PORTAL_CLIENT_ID, PORTAL_CLIENT_SECRET } = process.env;
if (!PORTAL_CLIENT_ID || !PORTAL_CLIENT_SECRET) {
  console.error('PORTAL_CLIENT_ID and PORTAL_CLIENT_SECRET say who reports');
  process.exit(2);
}
/** An instance writes its decisions within half a second; another one may be asked before. */
const ON_RECORD_AFTER = 3000;
let token;

async function post(path, body, headers = {}) {
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  };
  return fetch(TIERGATE_URL + path, { ...init, signal: AbortSignal.timeout(5000) });
}

async function signIn() {
  const who = { clientId: PORTAL_CLIENT_ID, clientSecret: PORTAL_CLIENT_SECRET };
  const answer = await post('/api/auth/token', { grantType: 'client_credentials', ...who });
  if (!answer.ok) throw new Error(`signing in was answered with ${answer.status}`);
  return (await answer.json()).access_token;
}

/** True where Tiergate has the line or will never take it. */
async function settled(delivery) {
  token ??= await signIn();
  const answer = await post('/access/v1/deliveries', delivery, { authorization: `Bearer ${token}` });
  if (answer.ok) return true;
  if (answer.status === 401) token = undefined;
  if (answer.status === 401 || answer.status >= 500 || answer.status === 429) return false;
  console.error(`not taken: ${JSON.stringify(delivery)}: ${(await answer.text()).slice(0, 300)}`);
  return true;
}

/** What is still to come of downloads under way, by grant and file. */
const rest = new Map();

/**
 * Whether this line begins a download. Parts (206) go on with the one before until as many bytes were sent under the
 * grant as the file has; what names no grant or no size begins one each.
 */
function begins({ grant, file, status, bytes, size, range }) {
  const whole = status === 200 ? Number(size) : Number(/\/(\d+)$/.exec(range)?.[1]);
  if (!grant || !Number.isFinite(whole)) return true;
  const key = `${grant} ${file}`;
  const left = rest.get(key) ?? 0;
  const goesOn = status === 206 && left > 0;
  const after = (goesOn ? left : whole) - bytes;
  if (after > 0) rest.set(key, after);
  else rest.delete(key);
  return !goesOn;
}

for await (const line of createInterface({ input: process.stdin })) {
  let entry;
  try {
    entry = JSON.parse(line);
  } catch {
    continue;
  }
  const served = (entry.status === 200 || entry.status === 206) && entry.method === 'GET';
  if (!served || !entry.evaluationId || !String(entry.obligations).split(',').includes('count')) continue;
  if (!begins(entry)) continue;
  const delivery = { evaluationId: entry.evaluationId, bytes: entry.bytes };
  const young = Date.parse(entry.time) + ON_RECORD_AFTER - Date.now();
  if (young > 0) await sleep(Math.min(young, ON_RECORD_AFTER));
  for (let pause = 250; !(await settled(delivery).catch(() => false)); pause = Math.min(pause * 2, 30_000))
    await sleep(pause);
}
