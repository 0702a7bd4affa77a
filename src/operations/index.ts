export { type HealthPart, type Readiness, readiness } from './health.js';
export { mountOperations } from './http/mount-operations.js';
export { createLogger, type Logger } from './logger.js';
export { Metrics } from './metrics.js';
