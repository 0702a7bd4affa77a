import type { Evidence } from '../../evidence/index.js';
import type { Id } from '../../kernel/ids.js';
import type { Role } from '../../kernel/roles.js';
import type { RecordedEntry } from '../../persistence/index.js';
import type { Values } from '../domain/wording.js';
import type { Around } from './around.js';
import { type Matter, present } from './matter.js';

const OWNERS: readonly Role[] = ['handler', 'citizen', 'signatory'];
const JUDGES: readonly Role[] = ['approver', 'officer'];

/** A proof of an organisation; who issued it, and its number, are read on its page. */
export async function evidenceMatter(around: Around, { subject }: RecordedEntry): Promise<Matter | null> {
  const evidence = await around.ports.evidence(around.reader, subject.id);
  return evidence === null ? null : matterOfEvidence(around, evidence, present({ until: evidence.validUntil }));
}

/** The same for a day that is near. */
export const matterOfEvidence = (around: Around, { id, kind, organisation }: Evidence, said: Values): Matter => ({
  about: { kind: 'evidence', id },
  values: { proof: around.ports.conditionKind(kind), ...said },
  people: (circle) => (circle === 'owners' ? around.inRoles(OWNERS, organisation) : judges(around)),
});

async function judges(around: Around): Promise<readonly Id[]> {
  const found: Id[] = [];
  for (const role of JUDGES) found.push(...(await around.inRole(role)));
  return found;
}
