import type { Id } from '../../kernel/ids.js';
import type { RecordedEntry } from '../../persistence/index.js';
import type { Around } from './around.js';
import type { Matter } from './matter.js';

/** A tier that somebody proposed or decided; what an officer said of it is read on its page. */
export async function assessmentMatter(around: Around, { subject }: RecordedEntry): Promise<Matter | null> {
  const proposal = await around.ports.assessment(around.reader, subject.id);
  if (proposal === null) return null;
  const { id, dataset, wanted, publisher, proposer, bringers } = proposal;
  return {
    about: { kind: 'assessment', id },
    values: { dataset: await around.title(dataset), wanted: { family: 'tier', code: wanted } },
    people: (circle) =>
      circle === 'stewards'
        ? around.inRole('steward', publisher)
        : stillThere(around, circle === 'proposer' ? [proposer] : bringers, publisher),
  };
}

/** Those of them who act for the publisher or as an officer, and so may see its page. */
async function stillThere(around: Around, people: readonly Id[], publisher: Id): Promise<readonly Id[]> {
  if (people.length === 0) return [];
  const staff = await around.staffAmong(people, publisher);
  const officers = staff.length === people.length ? [] : await around.inRole('officer');
  return people.filter((id) => staff.includes(id) || officers.includes(id));
}
