export type Raw = Record<string, unknown>;
export type Maybe<Names extends string> = { readonly [Name in Names]?: string | undefined };
export interface Paged {
  readonly trail?: readonly string[] | undefined;
}
export const textOf = (raw: Raw, name: string): string | undefined => {
  const value = raw[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
};
/** From an address the trail is one text; from a link within the console it is the list itself. */
export const trailOf = (raw: Raw): readonly string[] | undefined => {
  const given = raw['trail'];
  const tokens = Array.isArray(given) ? given : (textOf(raw, 'trail')?.split('~') ?? []);
  const trail = tokens.filter((token): token is string => typeof token === 'string' && token !== '');
  return trail.length === 0 ? undefined : trail;
};
/** Only addresses of this console are followed after signing in. */
export const pathOf = (raw: Raw): string | undefined => {
  const then = textOf(raw, 'then');
  return then?.startsWith('/') === true && !then.startsWith('//') && !then.includes('\\') ? then : undefined;
};
