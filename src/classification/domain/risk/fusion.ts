/** Counts over the combinations of values in the columns that two tables share. */
export interface FusionCounts {
  /** Records of each table in which no shared column is missing or withheld. */
  readonly first: number;
  readonly second: number;
  /** Smallest class of each table by the shared columns. */
  readonly kFirst: number;
  readonly kSecond: number;
  /** Records of each whose combination the other table has, too. */
  readonly matchedFirst: number;
  readonly matchedSecond: number;
  /** Combinations that each table has exactly once. */
  readonly certain: number;
  /** Fewest records of either table in a combination that both have; 0 where none is shared. */
  readonly kJoined: number;
}

export interface FusedTable {
  /** All records of the table. */
  readonly records: number;
  /** Those in which every shared column has a value. */
  readonly linkable: number;
  readonly k: number;
  /** Share of the linkable records whose combination the other table has, too. */
  readonly matched: number;
  /** By how much the join is below this table's own k; 0 where it is not. */
  readonly fall: number;
}

/** What two tables tell together that each keeps to itself. */
export interface Fusion {
  readonly status: 'assessed';
  readonly shared: readonly SharedColumn[];
  readonly first: FusedTable;
  readonly second: FusedTable;
  /** Records that stand alone in both tables: whoever has both knows that they are the same one. */
  readonly uniqueToUnique: number;
  /** Their share of the smaller table. */
  readonly certainShare: number;
  /** Fewest records of either table that share a combination both have; null where they share none. */
  readonly kJoined: number | null;
  /** Enough certain links that the two should not be given to the same hands without a look. */
  readonly links: boolean;
}

/** A column of the first table and the one of the second that holds the same. `by`: how that was known. */
export interface SharedColumn {
  readonly first: string;
  readonly second: string;
  readonly by: 'named' | 'name' | 'values';
}

/** Links below this share of the smaller table, or fewer than these, happen by chance. */
export const LINKS = { share: 0.05, records: 3 } as const;

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

/** The figures that follow from the counts; `rows` are all records of each table. */
export function fusionOf(
  shared: readonly SharedColumn[],
  rows: readonly [number, number],
  counts: FusionCounts,
): Fusion {
  const { first, second, kFirst, kSecond, certain, kJoined } = counts;
  const certainShare = share(certain, Math.min(rows[0], rows[1]));
  const fallFrom = (k: number): number => (kJoined === 0 ? 0 : Math.max(0, k - kJoined));
  return {
    status: 'assessed',
    shared,
    first: {
      records: rows[0],
      linkable: first,
      k: kFirst,
      matched: share(counts.matchedFirst, first),
      fall: fallFrom(kFirst),
    },
    second: {
      records: rows[1],
      linkable: second,
      k: kSecond,
      matched: share(counts.matchedSecond, second),
      fall: fallFrom(kSecond),
    },
    uniqueToUnique: certain,
    certainShare,
    kJoined: kJoined === 0 ? null : kJoined,
    links: certain >= LINKS.records && certainShare >= LINKS.share,
  };
}
