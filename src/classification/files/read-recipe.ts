import { readFile } from 'node:fs/promises';
import { type Recipe, recipeText } from '../domain/lowering/recipe.js';
import { sha256 } from '../packs/load.js';
import { schemaCheck } from '../packs/schema-check.js';

/** What stands in the way of using a recipe; `detail` holds no value of it. */
export interface RecipeFault {
  readonly fault: 'recipe-invalid' | 'recipe-edited';
  readonly detail: string;
}

/** A recipe from its text: of the right shape, and unchanged since it was made. */
export function recipeOf(text: string): Recipe | RecipeFault {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return { fault: 'recipe-invalid', detail: 'it is not JSON' };
  }
  const validate = schemaCheck<Recipe>('recipe');
  if (!validate(data)) {
    const [error] = validate.errors ?? [];
    return { fault: 'recipe-invalid', detail: `${error?.instancePath || '/'} ${error?.message ?? 'is invalid'}` };
  }
  return sha256(recipeText(data)) === data.hash
    ? data
    : { fault: 'recipe-edited', detail: 'its hash is not that of its steps' };
}

/** The same from a file; null where there is none that can be read. */
export async function readRecipe(path: string): Promise<Recipe | RecipeFault | null> {
  const text = await readFile(path, 'utf8').catch(() => null);
  return text === null ? null : recipeOf(text);
}
