import type { Id } from '../kernel/ids.js';
import type { Reader } from '../persistence/index.js';
import { ENGINE } from './domain/assessment.js';

/** Somebody by name, for those who may see what they did. */
export interface NamedPerson {
  readonly id: string;
  readonly name: string;
}
export type PeopleNames = (reader: Reader, ids: readonly Id[]) => Promise<readonly NamedPerson[]>;

/** Where nobody is known by name, everybody is shown by their id. */
export const NOBODY_NAMED: PeopleNames = async () => [];

/** The people behind these ids, each once; the engine is nobody, nor is who is not known. */
export const namedOf = async (
  people: PeopleNames,
  reader: Reader,
  ids: readonly (string | null | undefined)[],
): Promise<NamedPerson[]> => {
  const asked = [...new Set(ids.flatMap((id) => (id == null || id === ENGINE ? [] : [id as Id])))];
  return (await people(reader, asked)).map(({ id, name }) => ({ id, name }));
};
