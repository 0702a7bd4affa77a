/** Of the few grants that have them, by row. */
export interface ToldGrants {
  readonly size: number;
  /** Pairs of an organisation and a dataset. */
  readonly pairs: number;
  readonly members: readonly (readonly [row: number, people: readonly string[]])[];
  readonly quotas: readonly (readonly [row: number, quota: number])[];
  readonly usage: readonly (readonly [row: number, deliveries: number])[];
}

/** The tables of the grant index, as they lie in the memory of this kind of machine. */
export const BLOCKS = ['records', 'ids', 'byId', 'byPair', 'ofOrganisation', 'ofDataset'] as const;
export type Blocks = { readonly [B in (typeof BLOCKS)[number]]: Uint8Array };
