import { lifecycleDoc, loadRules } from '../../src/applications/index.js';
import { grantCommandTable, grantDiagram } from '../../src/grants/index.js';
import { LADDER_STEPS } from '../../src/supervision/index.js';

/** The page `docs/lifecycle.md`: the life of an application, of the grants it ends in, and what may follow. */
export function lifecyclePage(policies: string): string {
  return lifecycleDoc(loadRules(policies), {
    grants: { diagram: grantDiagram(), commands: grantCommandTable() },
    ladder: LADDER_STEPS,
  });
}
