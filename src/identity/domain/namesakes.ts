import type { Id } from '../../kernel/ids.js';
import { foldedName } from '../../kernel/text.js';

/** The other accounts that bear this person's name, in order of id. */
export function namesakesOf(
  person: { readonly id: Id; readonly name: string },
  colleagues: readonly { readonly id: Id; readonly name: string }[],
): Id[] {
  const name = foldedName(person.name);
  return colleagues
    .filter((other) => other.id !== person.id && foldedName(other.name) === name)
    .map(({ id }) => id)
    .toSorted();
}
