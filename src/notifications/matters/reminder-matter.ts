import type { RecordedEntry } from '../../persistence/index.js';
import type { Reminded } from '../reminder-store.js';
import { matterOfCase } from './application-matter.js';
import type { Around } from './around.js';
import { matterOfEvidence } from './evidence-matter.js';
import { matterOfGrant } from './grant-matter.js';
import type { Matter } from './matter.js';

/** A day that is near: of a case, of evidence, or of a grant. */
export async function reminderMatter(around: Around, { data }: RecordedEntry): Promise<Matter | null> {
  const { what, subject, day } = data as { readonly what: Reminded; readonly subject: string; readonly day: string };
  if (what === 'application' || what === 'correction') {
    const concerned = await around.concerned(subject);
    return concerned === null ? null : matterOfCase(around, concerned, { values: { day }, subject: null });
  }
  if (what === 'proof') {
    const evidence = await around.ports.evidence(around.reader, subject);
    return evidence === null ? null : matterOfEvidence(around, evidence, { day });
  }
  const grant = await around.ports.grant(around.reader, subject);
  return grant === null ? null : matterOfGrant(around, grant, { day });
}
