import type { Express } from 'express';
import { getOnly } from '../../http/index.js';
import { type HealthPart, readiness } from '../health.js';
import { type LivenessBody, operationsServed, type ReadinessBody } from './operations-served.js';
import type { Metrics } from '../metrics.js';

export interface OperationsPorts {
  readonly metrics: Metrics;
  readonly parts: readonly HealthPart[];
  readonly draining: () => boolean;
  readonly openApi: () => Record<string, unknown>;
  readonly version: string;
}

/** /health/live, /health/ready, /metrics and /openapi.json: read by machines, without credentials. */
export const mountOperations =
  (ports: OperationsPorts) =>
  (app: Express): void => {
    app.get('/health/live', (_request, response) => {
      const alive: LivenessBody = { status: 'ok', version: ports.version };
      response.set('cache-control', 'no-store').json(alive);
    });
    app.get('/health/ready', async (_request, response) => {
      const state: ReadinessBody = ports.draining()
        ? { status: 'down', parts: { draining: 'down' } }
        : await readiness(ports.parts);
      if (state.status === 'down') response.set('retry-after', '2').status(503);
      response.set('cache-control', 'no-store').json(state);
    });
    app.get('/metrics', async (_request, response) => {
      response.type(ports.metrics.registry.contentType).send(await ports.metrics.registry.metrics());
    });
    app.get('/openapi.json', (_request, response) => {
      response.json(ports.openApi());
    });
    for (const { path } of operationsServed) app.all(path, getOnly);
  };
