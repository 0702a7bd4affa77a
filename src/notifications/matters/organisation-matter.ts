import type { RecordedEntry } from '../../persistence/index.js';
import type { Around } from './around.js';
import type { Matter } from './matter.js';

/** What concerns all of an organisation is told to all its people, also to those who cannot sign in meanwhile. */
export const organisationMatter = (around: Around, { subject: { id } }: RecordedEntry): Promise<Matter> =>
  Promise.resolve({
    about: { kind: 'organisation', id },
    values: {},
    people: () => around.ports.peopleOf(around.reader, id),
  });
