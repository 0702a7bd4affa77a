import { type Refusal, refusal } from '../kernel/refusal.js';
import { DatabaseUnavailable } from '../persistence/index.js';

/** What a thrown fault tells the outside: that we could not, never why. */
export const faultRefusal = (error: unknown): Refusal =>
  refusal(error instanceof DatabaseUnavailable ? 'unavailable' : 'internal-error');
