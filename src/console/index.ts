import { fileURLToPath } from 'node:url';
import { readBundle } from './bundle.js';
import { consoleHandler } from './http/console-handler.js';

/** Where `npm run build` leaves the console, seen from the compiled `dist/src/console/`. */
const BUILT = fileURLToPath(new URL('../../console', import.meta.url));

/** The web console as one request handler; where it was not built, every request passes on. */
export const createConsole = (mode: 'demo' | 'production', folder: string = BUILT): ReturnType<typeof consoleHandler> =>
  consoleHandler(readBundle(folder), mode);
