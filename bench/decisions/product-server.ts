import { backends } from '../../test/support/databases.js';
import { openApp } from '../../test/support/server.js';

/** The whole product with the demo's data on a kind of database: `node product-server.js <name>`; it tells where. */
const backend = backends.find(({ name }) => name === process.argv[2]) ?? backends[0];
if (backend === undefined) throw new Error('no database');
const opened = await openApp(backend, { seeded: true });
const address = await opened.listen();
process.once('SIGTERM', () => void opened.close().then(() => process.exit(0)));
process.send?.({ address, database: opened.databaseUrl });
