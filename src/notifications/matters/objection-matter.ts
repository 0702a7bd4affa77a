import type { Id } from '../../kernel/ids.js';
import type { RecordedEntry } from '../../persistence/index.js';
import type { Around } from './around.js';
import type { Matter } from './matter.js';

/** An objection to a tier; who objected and why is read on its page, by whoever may see it. */
export async function objectionMatter(around: Around, { subject }: RecordedEntry): Promise<Matter | null> {
  const objection = await around.ports.objection(around.reader, subject.id);
  if (objection === null) return null;
  const { id, dataset, publisher, organisation, objector, wanted } = objection;
  const people: Readonly<Record<string, () => Promise<readonly Id[]>>> = {
    objector: () => around.staffAmong([objector], organisation),
    stewards: () => around.inRole('steward', publisher),
    officers: () => around.inRole('officer'),
  };
  return {
    about: { kind: 'objection', id },
    values: { dataset: await around.title(dataset), wanted: { family: 'tier', code: wanted } },
    people: (circle) => people[circle]?.() ?? Promise.resolve([]),
  };
}
