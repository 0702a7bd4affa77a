/** The door of the directory: composed read models. */
export { DatasetDirectory, type DirectoryDeps } from './dataset-directory.js';
export type { Advice, Decide, DurationPort, ReasonsPort } from './directory-ports.js';
export { plainAdvice } from './domain/plain-advice.js';
export { directoryRoutes } from './http/directory-routes.js';
