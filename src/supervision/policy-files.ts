import { PolicyFault, readPolicy } from '../applications/index.js';
import type { ComplaintRules } from './domain/complaint-rules.js';
import type { DemandRules } from './domain/demand.js';
import { faultsOfLadder, type Ladder } from './domain/ladder.js';

/** The ladder of measures, `policies/ladder.yaml`; the start stops where it contradicts itself. */
export function loadLadder(root: string): Ladder {
  const ladder = readPolicy<Ladder>(root, 'ladder.yaml', 'ladder.schema.json');
  const faults = faultsOfLadder(ladder);
  if (faults.length > 0) throw new PolicyFault('ladder.yaml', faults);
  return ladder;
}

/** Days and limits of complaints, `policies/complaints.yaml`. */
export const loadComplaintRules = (root: string): ComplaintRules =>
  readPolicy(root, 'complaints.yaml', 'complaints.schema.json');

/** Limits and refusal reasons of demands, `policies/demands.yaml`. */
export const loadDemandRules = (root: string): DemandRules => readPolicy(root, 'demands.yaml', 'demands.schema.json');
