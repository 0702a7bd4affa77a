import type { App } from '../../src/app.js';
import { type AuditFault, verifyLog } from '../../src/log/index.js';
import { Reader } from '../../src/persistence/index.js';

/** What `tiergate audit verify` would find, of one moment: a product that runs writes by itself while its log is read. */
export async function logFaults({ database, tables }: App): Promise<readonly AuditFault[]> {
  const { faults } = await database.snapshot((manager) =>
    verifyLog(new Reader(manager, database.dialect, Date.now()), tables),
  );
  return faults;
}
