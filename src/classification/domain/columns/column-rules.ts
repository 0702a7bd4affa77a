import { fits } from './cell.js';
import type { ColumnType, ColumnTypes, ColumnWay } from './column-types.js';
import { aggregateReader, type HeadingReader, headingReader, type Said } from './heading.js';
import type { Validator } from './validator.js';
import { VALIDATORS } from './validators.js';

/** One way made ready: its type, its validator bound to the lists. */
export interface ReadyWay {
  readonly type: ColumnType;
  readonly way: ColumnWay;
  readonly validator: Validator;
}

/** The column types of a pack made ready: compile once, read many columns. */
export interface ColumnRules {
  readonly version: number;
  readonly ways: readonly ReadyWay[];
  readonly headings: ReadonlyMap<string, HeadingReader>;
  readonly isAggregate: (heading: string) => boolean;
}

/** Binds what the file names; `packFaults` has shown that every name is known. */
export function columnRules(columns: ColumnTypes): ColumnRules {
  const ways = columns.types.flatMap((type) =>
    type.ways.flatMap((way) => {
      const make = VALIDATORS[way.validator];
      if (make === undefined) return [];
      return [{ type, way, validator: make((way.lists ?? []).map((name) => columns.lists[name] ?? [])) }];
    }),
  );
  const headings = new Map(columns.types.map((type) => [type.type, headingReader(type)]));
  return { version: columns.version, ways, headings, isAggregate: aggregateReader(columns.aggregates) };
}

/** What a heading says of each type; one that counts says nothing of any. */
export function saidBy(heading: string, { headings, isAggregate }: ColumnRules): ReadonlyMap<string, Said> {
  return isAggregate(heading) ? new Map() : new Map([...headings].map(([type, read]) => [type, read(heading)]));
}

/** Positions of the ways that could find anything under a heading: what needs a cue that is not there is not counted. */
export const waysUnder = (said: ReadonlyMap<string, Said>, { ways }: ColumnRules): readonly number[] =>
  ways.flatMap(({ type, way }, index) => {
    const heard = said.get(type.type) ?? null;
    const open =
      way.alone !== undefined ||
      (heard === 'cue' && way.withCue !== undefined) ||
      (heard !== null && (way.withHint !== undefined || way.withNeighbours !== undefined));
    return open ? [index] : [];
  });

/** Cells longer than this share one entry: only validators of texts look at them. */
const LONG = 300;

/** Remembers by length and kinds of characters which ways could match at all; most cells are asked of very few. */
export class Dispatch {
  readonly #known: (readonly number[] | undefined)[] = [];

  constructor(
    private readonly ways: ColumnRules['ways'],
    private readonly open: readonly number[],
  ) {}

  waysFor(cell: string, kinds: number): readonly number[] {
    const length = Math.min(cell.length, LONG);
    const key = length * 128 + kinds;
    const found = this.#known[key];
    if (found !== undefined) return found;
    const fitting = this.open.filter((index) => {
      const fit = this.ways[index]?.validator.fit;
      return fit !== undefined && fits(fit, length, kinds);
    });
    this.#known[key] = fitting;
    return fitting;
  }
}
