import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Express } from 'express';
import request from 'supertest';
import { type Catalogue, catalogueRoutes, createCatalogue, loadConditionKinds } from '../../../src/catalogue/index.js';
import type { ImportRun } from '../../../src/catalogue/import/import-run.js';
import { createClassification, createJudge, requirePacks } from '../../../src/classification/index.js';
import { type Decide, DatasetDirectory, directoryRoutes } from '../../../src/directory/index.js';
import { expressApp } from '../../../src/http/index.js';
import { ANONYMOUS, type Principal } from '../../../src/kernel/principal.js';
import { ok } from '../../../src/kernel/result.js';
import type { Role } from '../../../src/kernel/roles.js';
import type { Text } from '../../../src/kernel/text.js';
import type { Backend } from '../databases.js';
import { inProject } from '../project.js';
import { openUnit, type TestUnit } from '../unit.js';

const PEOPLE: Readonly<Record<string, { role: Role; organisation: string }>> = {
  steward: { role: 'steward', organisation: 'transport' },
  'steward-health': { role: 'steward', organisation: 'health' },
  handler: { role: 'handler', organisation: 'enterprise' },
  'handler-transport': { role: 'handler', organisation: 'transport' },
  supervisor: { role: 'supervisor', organisation: 'authority' },
  admin: { role: 'admin', organisation: 'centre' },
};

function principalOf(name: string | undefined): Principal {
  const person = PEOPLE[name ?? ''];
  if (person === undefined) return ANONYMOUS;
  const { role, organisation } = person;
  const kind = organisation === 'enterprise' ? ('enterprise' as const) : ('public-body' as const);
  return {
    kind: 'person',
    id: name ?? '',
    name: name ?? '',
    organisation: { id: organisation, name: organisation, creditCode: '', kind },
    roles: [role],
  };
}

/** Open data for everyone, the rest for nobody: the decision plane has tests of its own. */
const byTier: Decide = (_principal, record) => {
  const permit = record.tier === 'open' && record.state === 'listed';
  return { permit, nextStep: { code: permit ? 'none' : 'apply' } };
};

/** Catalogue, classification and directory over one database and the HTTP edge. */
export class CataloguePlatform {
  readonly names = new Map<string, Text>([
    ['transport', { zh: '交通委', en: 'Transport commission' }],
    ['health', { zh: '卫健委', en: 'Health commission' }],
  ]);
  readonly applicants: string[] = ['临港智行科技有限公司'];

  private constructor(
    readonly test: TestUnit,
    readonly catalogue: Catalogue,
    readonly app: Express,
    readonly spool: string,
    readonly faults: unknown[],
    private readonly registered: Map<string, Text>,
  ) {
    for (const [id, name] of this.names) registered.set(id, name);
  }

  static async open(backend: Backend): Promise<CataloguePlatform> {
    const test = await openUnit(backend);
    const { unit, ids, follower } = test;
    const spool = mkdtempSync(join(tmpdir(), 'tiergate-spool-'));
    const registered = new Map<string, Text>();
    const faults: unknown[] = [];
    const packs = requirePacks();
    const judge = createJudge(ids, packs);
    const catalogue = createCatalogue({
      ids,
      unit,
      follower,
      judge,
      publishers: {
        names: async (_reader, wanted) => new Map(wanted.map((id) => [id, registered.get(id) ?? {}])),
        register: async (_tx, source, names) =>
          new Map(
            names.map((name) => {
              const id = `${source}-${[...name].reduce((sum, one) => (sum * 31 + (one.codePointAt(0) ?? 0)) % 1e9, 7)}`;
              registered.set(id, { en: name });
              return [name, id];
            }),
          ),
        applicantNames: async () => ['临港智行科技有限公司'],
      },
      kinds: loadConditionKinds(inProject('policies')),
      spool,
      alone: true,
      base: 'https://data.example.org',
      contactEmail: 'opendata@example.org',
      onFault: (error) => void faults.push(error),
    });
    const { assessments } = createClassification({
      ids,
      unit,
      packs,
      judge,
      datasets: catalogue.datasets,
      sampling: { spool, budget: 1000, alone: true, onFault: (error) => void faults.push(error) },
    });
    const directory = new DatasetDirectory({
      ...catalogue,
      reasons: assessments,
      decide: byTier,
      underWay: async () => null,
      holdsGrant: async () => false,
    });
    const app = expressApp(
      {
        unit,
        clock: test.clock,
        ids,
        authenticate: async (headers) => ok(principalOf(headers.authorization)),
        permits: () => true,
        log: { info: () => {}, warn: () => {}, error: (_message, fields) => void faults.push(fields) },
        observe: () => {},
      },
      {
        routes: [
          ...catalogueRoutes(catalogue, directory),
          ...directoryRoutes(directory, { limit: 15 }, { standings: async () => new Map() }),
        ],
        plain: [],
      },
    );
    await follower.begin();
    await catalogue.begin();
    return new CataloguePlatform(test, catalogue, app, spool, faults, registered);
  }

  get(who: string, path: string): request.Test {
    return request(this.app).get(path).set('authorization', who);
  }

  send(who: string, method: 'post' | 'patch', path: string, body: object, ifMatch?: string): request.Test {
    const call = request(this.app)[method](path).set('authorization', who);
    return (ifMatch === undefined ? call : call.set('if-match', ifMatch)).send(body);
  }

  /** Bytes as they are. */
  raw(who: string, path: string, body: string | Buffer, type = 'application/json'): request.Test {
    const call = request(this.app).post(path).set('authorization', who).set('content-type', type);
    call.write(body as string);
    return call;
  }

  /** A new draft of the transport body. */
  async draft(more: object = {}, who = 'steward'): Promise<request.Response['body']> {
    const answer = await this.send(who, 'post', '/api/datasets', { ...BODY, ...more });
    if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
    return answer.body;
  }

  async listed(more: object = {}): Promise<request.Response['body']> {
    const draft = await this.draft(more);
    const answer = await this.send('steward', 'post', `/api/datasets/${draft.id}/commands/list`, {}, draft.etag);
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
    return answer.body;
  }

  /** An agreement template; its id. */
  async template(): Promise<string> {
    const { body } = await this.send('admin', 'post', '/api/agreements', {
      title: { zh: '协议' },
      text: { zh: '第一条' },
    });
    return body.template;
  }

  /** Imports a file through the service and waits for its end. */
  async import(content: string | Buffer, source = 'city', who = 'admin'): Promise<ImportRun> {
    const upload = Readable.from([Buffer.from(content)]);
    const request = { format: 'data-json', source, profile: undefined };
    const started = await this.catalogue.importing.start(principalOf(who), request, upload, 256 * 1024 * 1024);
    if (!started.ok) throw new Error(started.error.code);
    await this.catalogue.importing.settled();
    return this.run(started.value.id);
  }

  async run(id: string): Promise<ImportRun> {
    const run = await this.test.unit.read((reader) => this.catalogue.imports.find(reader, id));
    if (run === null) throw new Error(`no import ${id}`);
    return run;
  }

  issues(id: string) {
    return this.test.unit.read((reader) => this.catalogue.imports.issues(reader, id, 10_000));
  }

  async close(): Promise<void> {
    await this.test.close();
    rmSync(this.spool, { recursive: true, force: true });
  }
}

export const BODY = {
  identifier: 'PARK-1',
  title: { zh: '公园绿地名录', en: 'Parks and green spaces' },
  abstract: { zh: '全市公园绿地的名称和地址' },
  keywords: ['公园'],
  field: 'environment',
  declaredTier: 'open',
  items: [
    { name: 'park_name', title: { zh: '公园名称' }, type: 'string' },
    { name: 'district', title: { zh: '行政区' }, type: 'string' },
  ],
  distributions: [
    { title: { zh: '公园名录 CSV' }, format: 'CSV', kind: 'file', url: 'https://files.example.org/parks.csv' },
  ],
  deliveryKinds: ['download'],
  updateFrequency: 'yearly',
  lastUpdated: '2026-01-31',
};

/** An entry of data.json that has no faults. */
export const entry = (identifier: string, more: object = {}): Record<string, unknown> => ({
  '@type': 'dcat:Dataset',
  identifier,
  title: `Parks of district ${identifier}`,
  description: 'Names and places of public parks',
  keyword: ['parks'],
  modified: '2026-01-01',
  publisher: { name: 'Parks Department' },
  contactPoint: { fn: 'Parks', hasEmail: 'mailto:parks@example.gov' },
  accessLevel: 'public',
  bureauCode: ['010:00'],
  programCode: ['010:000'],
  ...more,
});
export const file = (...dataset: unknown[]): string =>
  JSON.stringify({ conformsTo: 'https://project-open-data.cio.gov/v1.1/schema', dataset });
