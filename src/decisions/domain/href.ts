import type { Outcome } from './decide.js';
import type { World } from './world.js';

/** An address with places for ids, taken apart once: texts at even, names of places at odd positions. */
export type HrefTemplate = readonly string[];

/** Texts are made fit for JSON here; ids are ours and hold letters and digits only. */
export const hrefTemplate = (href: string): HrefTemplate =>
  JSON.stringify(href)
    .slice(1, -1)
    .split(/\{([a-z]+)\}/);

/** The id a place stands for, if the outcome has one. */
export const placeOf = (place: string | undefined, outcome: Outcome, world: World): string | undefined =>
  place === 'dataset' ? outcome.dataset?.id : outcome.grant < 0 ? undefined : world.grants.idOf(outcome.grant);

/** Fills `{dataset}` and `{grant}`; an address with a part that is not known is left out. */
export function fillHref(template: HrefTemplate, outcome: Outcome, world: World): string | undefined {
  let filled = template[0] as string;
  for (let at = 1; at < template.length; at += 2) {
    const id = placeOf(template[at], outcome, world);
    if (id === undefined) return undefined;
    filled += id + (template[at + 1] as string);
  }
  return filled;
}
