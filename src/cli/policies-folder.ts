import { fileURLToPath } from 'node:url';
import type { Call } from './command.js';

/** The folder of policies: TIERGATE_POLICIES, or the one that ships with the product. */
export const policiesOf = (call: Call): string =>
  call.environment['TIERGATE_POLICIES'] ?? fileURLToPath(new URL('../../../policies', import.meta.url));
