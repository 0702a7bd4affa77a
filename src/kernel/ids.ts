/** A ULID that names one kind of thing: an id of a dataset cannot be passed where one of a grant is expected. */
export type Id<Kind extends string = string> = string & { readonly __kind?: Kind };

/** Where new ids come from; the core never makes one, they arrive as data. */
export interface Ids {
  next<Kind extends string = string>(): Id<Kind>;
}

const ULID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;
export const isId = (text: string): boolean => ULID.test(text);
