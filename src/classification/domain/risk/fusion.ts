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
  /** Pairs of a record of one and a record of the other that agree. */
  readonly pairs: number;
  /** Ordered pairs of two records of the same table that agree. */
  readonly withinFirst: number;
  readonly withinSecond: number;
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
  /** Columns that are alike and were not joined on. */
  readonly leftOut: readonly LeftOut[];
  readonly first: FusedTable;
  readonly second: FusedTable;
  /** Records that stand alone in both tables: whoever has both knows that they are the same one. */
  readonly uniqueToUnique: number;
  /** Their share of the smaller table. */
  readonly certainShare: number;
  /** Fewest records of either table that share a combination both have; null where they share none. */
  readonly kJoined: number | null;
  /** Pairs of a record here and a record there that agree, and how many of them chance alone would bring. */
  readonly pairs: number;
  readonly byChance: number;
  /** Enough certain links that the two should not be given to the same hands without a look. */
  readonly links: boolean;
}

/** A column of the first table and the one of the second that holds the same. `by`: how that was known. */
export interface SharedColumn {
  readonly first: string;
  readonly second: string;
  readonly by: 'named' | 'name' | 'values';
}

/**
 * Columns that are alike without being joined on. `record-number`: both tables count their own records, days or months
 * there. `list`: both have one record for each area, body, kind or period. `not-linking`: with it the tables agree no more than by chance. `too-many`: more than are tried together.
 */
export const LEFT_OUT = ['record-number', 'list', 'not-linking', 'too-many'] as const;
export interface LeftOut {
  readonly first: string;
  readonly second: string;
  readonly why: (typeof LEFT_OUT)[number];
}

/** Links below this share of the smaller table, or fewer than these, happen by chance. */
export const LINKS = { share: 0.05, records: 3 } as const;

/** So many times the agreements that chance brings, and three standard deviations more, are no chance. */
const BEYOND = { times: 1.5, deviations: 3 } as const;

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

/** Probability that two records of one table agree. */
const alike = (pairs: number, records: number): number => share(pairs, records * (records - 1));

/**
 * Pairs that would agree if the tables were about strangers. Two records of different tables then agree no more often
 * than two of the same table do (the geometric mean of both bounds it, whatever the distributions and however columns
 * hang together). Where a table repeats nothing, `columns`, each by itself, say it as if they were independent.
 */
export function agreementsByChance(
  { first, second, withinFirst, withinSecond }: FusionCounts,
  columns: readonly FusionCounts[],
): number {
  const together = Math.sqrt(alike(withinFirst, first) * alike(withinSecond, second));
  const each = columns.map((one) => Math.sqrt(alike(one.withinFirst, one.first) * alike(one.withinSecond, one.second)));
  const apart = each.length === 0 ? 0 : each.reduce((product, one) => product * one, 1);
  return first * second * (together > 0 ? together : apart);
}

/** What the counts are about. */
export interface FusionQuestion {
  readonly shared: readonly SharedColumn[];
  readonly leftOut?: readonly LeftOut[];
  /** All records of each table. */
  readonly rows: readonly [number, number];
  /** Counts by each shared column alone. */
  readonly columns?: readonly FusionCounts[];
}

/** The figures that follow from the counts. */
export function fusionOf({ shared, leftOut = [], rows, columns = [] }: FusionQuestion, counts: FusionCounts): Fusion {
  const { first, second, kFirst, kSecond, certain, kJoined, pairs } = counts;
  const certainShare = share(certain, Math.min(rows[0], rows[1]));
  const byChance = agreementsByChance(counts, columns);
  const beyondChance = pairs > BEYOND.times * byChance + BEYOND.deviations * Math.sqrt(byChance);
  const fallFrom = (k: number): number => (kJoined === 0 ? 0 : Math.max(0, k - kJoined));
  return {
    status: 'assessed',
    shared,
    leftOut,
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
    pairs,
    byChance,
    links: certain >= LINKS.records && certainShare >= LINKS.share && beyondChance,
  };
}
