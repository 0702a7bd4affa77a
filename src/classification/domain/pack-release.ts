import type { Id } from '../../kernel/ids.js';
import { refusal } from '../../kernel/refusal.js';
import { err, ok, type Result } from '../../kernel/result.js';

/** A version of a rule pack on its way to being law: written, proposed by one person, published by another. */
export const RELEASE_STATES = ['draft', 'proposed', 'published', 'withdrawn'] as const;
export type ReleaseState = (typeof RELEASE_STATES)[number];
export const RELEASE_COMMANDS = ['rehearse', 'propose', 'publish', 'withdraw'] as const;
export type ReleaseCommand = (typeof RELEASE_COMMANDS)[number];

export interface Release {
  readonly state: ReleaseState;
  readonly author: Id;
  readonly proposedBy: Id | null;
  /** Hash of the version it was written from. */
  readonly basedOn: string;
}

/** What publishing rests on, read under the lock. */
export interface PublishFacts {
  /** Hash of the version in force now. */
  readonly inForce: string;
  /** A rehearsal of exactly this content against the version in force has ended. */
  readonly rehearsed: boolean;
}

const POSSIBLE: Readonly<Record<ReleaseCommand, readonly ReleaseState[]>> = {
  rehearse: ['draft', 'proposed'],
  propose: ['draft'],
  publish: ['proposed'],
  withdraw: ['draft', 'proposed'],
};

/** Publishing takes two people: not its author, and not who proposed it, by any account of theirs (`actor`). */
const isOwn = ({ author, proposedBy }: Release, actor: readonly Id[]): boolean =>
  actor.includes(author) || (proposedBy !== null && actor.includes(proposedBy));

/** What the server would accept from this person now, as far as the release itself says. */
export const releaseCommands = (release: Release, actor: readonly Id[]): ReleaseCommand[] =>
  RELEASE_COMMANDS.filter(
    (command) => POSSIBLE[command].includes(release.state) && !(command === 'publish' && isOwn(release, actor)),
  );

/** Whether a command may be given on a release; publishing asks more, see {@link decidePublish}. */
export function decideRelease(release: Release, command: ReleaseCommand, actor: readonly Id[]): Result<void> {
  if (!POSSIBLE[command].includes(release.state))
    return err(
      refusal('pack-state', `${command} is possible in ${POSSIBLE[command].join(', ')}; it is ${release.state}`),
    );
  return command === 'publish' && isOwn(release, actor) ? err(refusal('own-pack')) : ok(undefined);
}

/** A version becomes law only on top of the one it was written from, and only after it was rehearsed as it stands. */
export function decidePublish(
  release: Release,
  actor: readonly Id[],
  { inForce, rehearsed }: PublishFacts,
): Result<void> {
  const possible = decideRelease(release, 'publish', actor);
  if (!possible.ok) return possible;
  if (release.basedOn !== inForce) return err(refusal('pack-superseded'));
  return rehearsed ? ok(undefined) : err(refusal('rehearsal-missing'));
}
