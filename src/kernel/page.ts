/** One page of a list: `nextPageToken` is `""` at the end, `total` counts what the caller may see. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextPageToken: string;
  readonly total: number;
}

/** Which page is asked for. `after` is the decoded page token: opaque to the client, an offset or a key to the list. */
export interface PageRequest {
  readonly limit: number;
  readonly after: string | null;
}

export const mapPage = <T, U>(page: Page<T>, map: (item: T) => U): Page<U> => ({ ...page, items: page.items.map(map) });
