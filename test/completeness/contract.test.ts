import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { problems } from '../../src/kernel/problems/index.js';
import { type ApiDocument, ApiJudge } from '../support/api-document.js';
import { backends, isAvailable, mariaDb } from '../support/databases.js';
import { openApp } from '../support/server.js';
import { skip } from '../support/skip.js';
import type { Sample } from '../support/traffic.js';

/** Codes that only a database server brings about: the embedded one neither hangs nor lets two writers wait. */
const BY_A_SERVER = new Set(['unavailable', 'idempotency-key-busy']);

/** Suites that serve routes of their own invention, under paths that the product may have too. */
const INVENTED =
  /^http: |^express app|^the HTTP edge|^the console handler|^contract: hostile connections|^example portal|^portal kit|^tiergate portal-test/;

function recordedTraffic(folder: string): Sample[] {
  return readdirSync(folder)
    .filter((name) => name.startsWith('traffic-'))
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').trimEnd().split('\n'))
    .map((line) => JSON.parse(line) as Sample);
}

describe('coverage of the contract by the whole run', function () {
  this.timeout(240_000);
  let samples: readonly Sample[];
  let judge: ApiJudge;

  before(async function () {
    const folder = process.env['TIERGATE_TEST_RECORDS'];
    samples = folder !== undefined && existsSync(folder) ? recordedTraffic(folder) : [];
    if (samples.length === 0) skip(this, 'no recorded traffic: this part judges what the whole `npm test` saw');
    const [inMemory] = backends;
    const opened = await openApp(inMemory!);
    judge = new ApiJudge(opened.app.document() as unknown as ApiDocument);
    await opened.close();
  });

  it('every problem code was answered by at least one test', () => {
    const answered = new Set(
      samples
        .filter(
          (sample) =>
            sample.type.startsWith('application/problem+json') &&
            sample.body !== '' &&
            !/^\/(?:files|data-api)\b/.test(sample.path) &&
            !INVENTED.test(sample.test),
        )
        .map((sample) => (JSON.parse(sample.body) as { code: string }).code),
    );
    const possible = Object.keys(problems).filter((code) => isAvailable(mariaDb) || !BY_A_SERVER.has(code));
    const missing = possible.filter((code) => !answered.has(code));
    expect(missing).to.deep.equal([]);
    expect([...answered].filter((code) => !(code in problems))).to.deep.equal([]);
  });

  it('every recorded answer is as the API document says', () => {
    const faults = new Map<string, string>();
    for (const { test, method, path, status, type, body } of samples) {
      const operation = INVENTED.test(test) ? undefined : judge.operation(method, path);
      if (operation === undefined) continue;
      for (const fault of judge.faults(operation, status, type, body)) {
        const key = `${operation} ${status}: ${fault}`;
        if (!faults.has(key)) faults.set(key, `${key} (in "${test}")`);
      }
    }
    expect([...faults.values()]).to.deep.equal([]);
  });

  it('every operation of the API document succeeded in at least one test', () => {
    const succeeded = new Set(
      samples.filter(({ status }) => status < 400).map(({ method, path }) => judge.operation(method, path)),
    );
    const untried = judge.operations.filter((operation) => !succeeded.has(operation));
    expect(untried).to.deep.equal([]);
  });
});
