import type { Express } from 'express';
import { getOnly } from '../../http/index.js';
import { type HealthPart, type Readiness, readiness, readinessTogether } from '../health.js';
import { type LivenessBody, operationsServed, type ReadinessBody } from './operations-served.js';
import { type Figures, type Metrics, pageOf } from '../metrics.js';
import type { WorkerLink } from '../workers/worker-link.js';

export interface OperationsPorts {
  readonly metrics: Metrics;
  readonly parts: readonly HealthPart[];
  readonly draining: () => boolean;
  readonly openApi: () => Record<string, unknown>;
  readonly version: string;
  /** Where this is one of several processes behind one port: it then answers for all of them. */
  readonly link: WorkerLink | null;
}

/** /health/live, /health/ready, /metrics and /openapi.json: read by machines, without credentials. */
export const mountOperations =
  (ports: OperationsPorts) =>
  (app: Express): void => {
    const { figures, ready } = toldBy(ports);
    app.get('/health/live', (_request, response) => {
      const alive: LivenessBody = { status: 'ok', version: ports.version };
      response.set('cache-control', 'no-store').json(alive);
    });
    app.get('/health/ready', async (_request, response) => {
      const state: ReadinessBody = ports.draining() ? { status: 'down', parts: { draining: 'down' } } : await ready();
      if (state.status === 'down') response.set('retry-after', '2').status(503);
      response.set('cache-control', 'no-store').json(state);
    });
    app.get('/metrics', async (_request, response) => {
      response.type(ports.metrics.contentType).send(await figures());
    });
    app.get('/openapi.json', (_request, response) => {
      response.json(ports.openApi());
    });
    for (const { path } of operationsServed) app.all(path, getOnly);
  };

interface Told {
  figures(): Promise<string>;
  ready(): Promise<Readiness>;
}

/** What this process says of itself, or of all of them. */
function toldBy({ metrics, parts, link }: OperationsPorts): Told {
  const own: Told = { figures: () => metrics.registry.metrics(), ready: () => readiness(parts) };
  if (link === null) return own;
  link.tells('figures', () => metrics.figures());
  link.tells('readiness', () => own.ready());
  return {
    figures: async () => pageOf((await link.ask('figures')).told as Figures[]),
    ready: async () => {
      const { told, wanted } = await link.ask('readiness');
      return readinessTogether(told as Readiness[], wanted);
    },
  };
}
