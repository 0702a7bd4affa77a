/** A process that lived this long did not end because of how it starts. */
const SETTLED = 60_000;
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 30_000;

/**
 * How long to wait before a process that ended is replaced: the first time not at all, then twice as long each time
 * until processes live again. What ends at every start costs little, and is started again when its cause has gone.
 */
export class Replacement {
  private quick = 0;

  waitAfter(lived: number): number {
    this.quick = lived >= SETTLED ? 0 : this.quick + 1;
    return this.quick <= 1 ? 0 : Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (this.quick - 2));
  }
}
