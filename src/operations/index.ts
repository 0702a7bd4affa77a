export { type HealthPart, type Readiness, readiness, readinessTogether } from './health.js';
export { mountDocs } from './http/mount-docs.js';
export { mountOperations } from './http/mount-operations.js';
export { operationsServed } from './http/operations-served.js';
export { whileStarting } from './http/while-starting.js';
export { createLogger, faultFields, type Logger } from './logger.js';
export { Metrics } from './metrics.js';
export { WorkerLink } from './workers/worker-link.js';
export { Workers } from './workers/workers.js';
