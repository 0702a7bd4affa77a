import type { Id } from '../../kernel/ids.js';
import type { Line } from './table.js';

/** Who is told, by which line. */
export interface Telling {
  readonly person: Id;
  readonly line: Line;
}

type Data = Readonly<Record<string, unknown>>;

/** Whether the line speaks of an event that says this. */
export const applies = ({ when = {} }: Line, data: Data): boolean =>
  Object.entries(when).every(([name, wanted]) => wanted.includes((data[name] ?? null) as string | boolean | null));

/**
 * Each person once, by the first line that reaches them; nobody is told of what they did themselves, unless the line
 * confirms it.
 */
export function tellings(
  lines: readonly { readonly line: Line; readonly people: readonly Id[] }[],
  actor: Id,
): readonly Telling[] {
  const told = new Map<Id, Line>();
  for (const { line, people } of lines) {
    for (const person of people) {
      if (told.has(person) || (person === actor && line.confirm !== true)) continue;
      told.set(person, line);
    }
  }
  return [...told].map(([person, line]) => ({ person, line }));
}
