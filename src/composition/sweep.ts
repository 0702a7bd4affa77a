import { agreementTable, datasetTable } from '../catalogue/index.js';
import { rulePackTable } from '../classification/index.js';
import { grantTables } from '../grants/index.js';
import { credentialTable, organisationTable, personTable, portalTable, postTable } from '../identity/index.js';
import { RowSweep } from '../log/index.js';
import type { Logger, Metrics } from '../operations/index.js';
import type { UnitOfWork } from '../persistence/index.js';
import { sanctionTable } from '../supervision/index.js';
import type { Slices } from './slices.js';

/** Looks for rows changed behind the log, in every table on which a decision or somebody's rights rest. */
export function sweepOf(
  unit: UnitOfWork,
  { decisions, classification }: Pick<Slices, 'decisions' | 'classification'>,
  metrics: Metrics,
  log: Logger,
): RowSweep {
  const keeper = classification.governing?.keeper;
  const sweep = new RowSweep({
    read: (work) => unit.read(work),
    tables: [
      ...grantTables,
      sanctionTable,
      datasetTable,
      organisationTable,
      personTable,
      postTable,
      agreementTable,
      portalTable,
      credentialTable,
      rulePackTable,
    ],
    found: (kind, id) => {
      if (kind === rulePackTable.kind) void keeper?.reload();
      else decisions.distrust(kind, id);
    },
    onFault: (error) => log.warn('could not hold rows against the log', { message: (error as Error).message }),
  });
  metrics.gauge(
    'tiergate_sweep_seconds',
    'How long the last round over all rows and the rest after it took: the longest a row changed by hand goes unnoticed',
    () => sweep.lastRound / 1000,
  );
  return sweep;
}
