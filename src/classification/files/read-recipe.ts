import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { type Recipe, recipeText } from '../domain/lowering/recipe.js';
import { policiesFolder } from '../packs/folder.js';
import { sha256 } from '../packs/load.js';

let validator: ValidateFunction | null = null;

function validRecipe(): ValidateFunction {
  if (validator === null) {
    const file = join(policiesFolder(), 'schemas', 'classification', 'recipe.schema.json');
    const ajv = new Ajv2020({ strict: true, strictTypes: false, validateSchema: false });
    validator = ajv.compile(JSON.parse(readFileSync(file, 'utf8')) as object);
  }
  return validator;
}

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
  const validate = validRecipe();
  if (!validate(data)) {
    const [error] = validate.errors ?? [];
    return { fault: 'recipe-invalid', detail: `${error?.instancePath || '/'} ${error?.message ?? 'is invalid'}` };
  }
  const recipe = data as Recipe;
  return sha256(recipeText(recipe)) === recipe.hash
    ? recipe
    : { fault: 'recipe-edited', detail: 'its hash is not that of its steps' };
}

/** The same from a file; null where there is none that can be read. */
export async function readRecipe(path: string): Promise<Recipe | RecipeFault | null> {
  const text = await readFile(path, 'utf8').catch(() => null);
  return text === null ? null : recipeOf(text);
}
