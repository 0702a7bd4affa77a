import type { Id } from '../../kernel/ids.js';
import type { DatasetHold, DatasetRecord, DatasetState } from './dataset.js';

type Holdable = Pick<DatasetRecord, 'state' | 'held' | 'items'>;

/** The state that its publisher's acts and its source gave the record. */
export const ownState = ({ state, held }: Pick<DatasetRecord, 'state' | 'held'>): DatasetState => held?.own ?? state;

export const isHeldBy = ({ held }: Pick<DatasetRecord, 'held'>, by: Id): boolean =>
  held?.by.some((hold) => hold.by === by) ?? false;

/** An item that is held and no longer goes by its name could be anything: then all of it rests. */
const isWhole = ({ items }: Pick<DatasetRecord, 'items'>, hold: DatasetHold): boolean =>
  hold.items.length === 0 || hold.items.some((held) => !items.some(({ name }) => name === held));

/** Items that rest while the rest of the dataset is served. */
export const heldItems = ({ held }: Pick<DatasetRecord, 'held'>): readonly string[] => [
  ...new Set((held?.by ?? []).flatMap(({ items }) => items)),
];

/**
 * The record in the state that follows from its own and from what holds it. It is computed at every change and never
 * toggled: restoring a held record, or letting one of two holds go, serves nothing.
 */
export function standing<Record extends Holdable>(record: Record, own: DatasetState = ownState(record)): Record {
  const { held, ...free } = record;
  if (held === undefined || held.by.length === 0) return { ...(free as Record), state: own };
  const rests = own === 'listed' && held.by.some((hold) => isWhole(record, hold));
  return { ...record, held: { ...held, own }, state: rests ? 'suspended' : own };
}

/** The record under this hold, in place of an earlier one of the same cause. */
export const heldFor = <Record extends Holdable>(record: Record, hold: DatasetHold): Record =>
  standing({
    ...record,
    held: {
      own: ownState(record),
      by: [...(record.held?.by ?? []).filter(({ by }) => by !== hold.by), hold],
    },
  });

/** The record without what this cause held. */
export const letGo = <Record extends Holdable>(record: Record, cause: Id): Record =>
  standing({
    ...record,
    held: { own: ownState(record), by: (record.held?.by ?? []).filter(({ by }) => by !== cause) },
  });
