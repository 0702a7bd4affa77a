import type { Id } from '../../kernel/ids.js';
import type { RecordedEntry } from '../../persistence/index.js';
import type { Around } from './around.js';
import type { Matter } from './matter.js';

/** A tier that somebody proposed; what an officer said of it is read on its page. */
export async function assessmentMatter(around: Around, { subject }: RecordedEntry): Promise<Matter | null> {
  const proposal = await around.ports.assessment(around.reader, subject.id);
  if (proposal === null) return null;
  const { id, dataset, wanted } = proposal;
  return {
    about: { kind: 'assessment', id },
    values: { dataset: await around.title(dataset), wanted: { family: 'tier', code: wanted } },
    people: () => stillThere(around, proposal),
  };
}

/** The proposer, while they act for the publisher or as an officer, and so may see its page. */
async function stillThere(
  around: Around,
  { proposer, publisher }: { readonly proposer: Id; readonly publisher: Id },
): Promise<readonly Id[]> {
  const staff = await around.staffAmong([proposer], publisher);
  return staff.length > 0 ? staff : (await around.inRole('officer')).filter((id) => id === proposer);
}
