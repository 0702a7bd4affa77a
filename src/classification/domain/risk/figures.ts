import { type Diversity, type Figures, type NotAssessed, notAssessed } from './risk.js';

/** Counts over the classes of one set of quasi-identifiers, as the table answered them. */
export interface ClassCounts {
  readonly records: number;
  readonly suppressed: number;
  readonly classes: number;
  readonly smallest: number;
  /** Records in classes smaller than the least allowed. */
  readonly exposed: number;
  /** Records alone in their class. */
  readonly alone: number;
}

/** The figures that follow from the counts. */
export function figuresOf(counts: ClassCounts): Figures | NotAssessed {
  const { records, suppressed, classes, smallest } = counts;
  if (records + suppressed === 0) return notAssessed('no-records');
  if (records === 0) return notAssessed('all-suppressed');
  return {
    status: 'assessed',
    records,
    suppressed,
    classes,
    k: smallest,
    average: classes / records,
    highest: 1 / smallest,
    atRisk: counts.exposed / records,
    uniqueness: counts.alone / records,
  };
}

/** Counts of different values of an attribute inside the classes. */
export interface ValueCounts {
  readonly records: number;
  readonly fewest: number;
  /** Records in classes with one value only. */
  readonly told: number;
}

export const diversityOf = ({ records, fewest, told }: ValueCounts): Diversity | NotAssessed =>
  records === 0 ? notAssessed('no-records') : { status: 'assessed', l: fewest, homogeneous: told / records };
