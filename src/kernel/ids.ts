/** A ULID that names one kind of thing: an id of a dataset cannot be passed where one of a grant is expected. */
export type Id<Kind extends string = string> = string & { readonly __kind?: Kind };

/** Where new ids come from; the core never makes one, they arrive as data. */
export interface Ids {
  next<Kind extends string = string>(): Id<Kind>;
}

const ULID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;
export const isId = (text: string): boolean => ULID.test(text);

/** What a caller may name its request by; answers and the log repeat it as it is (AuthZEN 1.0 §10.1.4). */
const REQUEST_ID = /^[\x21-\x7e]{1,128}$/;
export const isRequestId = (text: string): boolean => REQUEST_ID.test(text);
