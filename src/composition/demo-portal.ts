import type { Server } from 'node:http';
import type { Config } from '../config/index.js';
import type { Clock } from '../kernel/time.js';
import { ExamplePortal, mountExamplePortal, Shelf } from '../example-portal/index.js';

const ACCOUNT = { clientId: 'portal', clientSecret: 'tiergate-demo-portal' };
const EVERYWHERE = new Set(['0.0.0.0', '::', '']);

/**
 * The demo's portal under the product's own address, so that the links of the seeded catalogue lead somewhere. It asks
 * over HTTP like any other portal: `server` is the one that listens. `examples/portal.mjs` runs it as a process of its own.
 */
export function demoPortal(
  config: Config,
  server: () => Server | undefined,
  clock: Clock,
): ReturnType<typeof mountExamplePortal> {
  const address = (): string => {
    const bound = server()?.address();
    const port = typeof bound === 'object' && bound !== null ? bound.port : config.port;
    const host = EVERYWHERE.has(config.host) ? '127.0.0.1' : config.host;
    return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  };
  return mountExamplePortal(new ExamplePortal(address, ACCOUNT, new Shelf(config.files), () => clock.now()));
}
