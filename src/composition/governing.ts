import type { GoverningGround } from '../classification/index.js';
import type { Decisions } from '../decisions/index.js';
import { faultFields, type Logger } from '../operations/index.js';

/** How far back a rehearsal looks over recorded access decisions. */
const REHEARSED = 90 * 86_400_000;

/** What packs and reviews stand on. The decision plane is built after them: `decided` tells them of it. */
export function governingOf({
  unit,
  follower,
  secret,
  log,
}: Pick<GoverningGround, 'unit' | 'follower' | 'secret'> & { readonly log: Logger }): {
  readonly ground: GoverningGround;
  readonly decided: (decisions: Pick<Decisions, 'rehearse'>) => void;
} {
  let plane: Pick<Decisions, 'rehearse'> | null = null;
  const ground: GoverningGround = {
    unit,
    secret,
    ...(follower === undefined ? {} : { follower }),
    answers: {
      rehearse: (reader, tiers) => {
        if (plane === null) throw new Error('the decision plane is not built yet');
        return plane.rehearse(reader, tiers, reader.now - REHEARSED);
      },
    },
    alarm: ({ pack, number, why }) => log.error('a published rule pack is not believed', { pack, number, why }),
    onFault: (error) => log.error('a rehearsal failed', faultFields(error)),
  };
  return {
    ground,
    decided: (decisions) => {
      plane = decisions;
    },
  };
}
