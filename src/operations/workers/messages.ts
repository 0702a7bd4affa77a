/** What a worker can be asked for on behalf of all of them. */
export type Matter = 'figures' | 'readiness';

export type FromWorker =
  /** Requests may come; the address is where they do. */
  | { readonly tiergate: 'ready'; readonly address: string }
  /** What was committed here stands in the log up to this position: a hint to look at once, nothing rests on it. */
  | { readonly tiergate: 'written'; readonly position: number }
  | { readonly tiergate: 'ask'; readonly id: number; readonly matter: Matter }
  | { readonly tiergate: 'tell'; readonly id: number; readonly told: unknown };

export type ToWorker =
  | { readonly tiergate: 'stop' }
  | { readonly tiergate: 'written'; readonly position: number }
  | { readonly tiergate: 'ask'; readonly id: number; readonly matter: Matter }
  | { readonly tiergate: 'tell'; readonly id: number; readonly told: Gathered };

/** What all ready workers said, and the process that keeps them. */
export interface Gathered {
  readonly told: readonly unknown[];
  /** How many workers there should be. */
  readonly wanted: number;
}

/** Other modules may send over the same channel: what is not ours is not read. */
export const isOurs = (message: unknown): message is { readonly tiergate: string } =>
  typeof message === 'object' && message !== null && typeof (message as { tiergate?: unknown }).tiergate === 'string';
