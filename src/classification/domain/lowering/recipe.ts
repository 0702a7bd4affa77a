import { canonicalJson } from '../../../kernel/canonical.js';
import type { Tier } from '../../../kernel/tier.js';
import type { Step } from './steps.js';

export const RECIPE = { format: 'tiergate-recipe', version: 1 } as const;

/**
 * Steps for one file as plain data: what to do, to which file (by hash and columns), under which rules it was found. Holds
 * no value of the file. Its JSON Schema is `policies/schemas/classification/recipe.schema.json`.
 */
export interface Recipe {
  readonly format: typeof RECIPE.format;
  readonly version: typeof RECIPE.version;
  readonly file: { readonly sha256: string; readonly columns: readonly string[] };
  readonly pack: { readonly id: string; readonly version: number; readonly hash: string };
  /** The tier the rules demanded before, and what they demand after the steps. */
  readonly from: Tier;
  readonly to: Tier;
  readonly steps: readonly Step[];
  /** Columns of the result that help to single people out together; the result is judged on them. */
  readonly quasiIdentifiers: readonly string[];
  /** SHA-256 of the canonical JSON of all the rest. */
  readonly hash: string;
}

/** The text whose hash a recipe carries: the same steps for the same file under the same rules give the same bytes. */
export function recipeText(recipe: Omit<Recipe, 'hash'>): string {
  const { hash: _, ...rest } = recipe as Recipe;
  return canonicalJson(rest);
}
