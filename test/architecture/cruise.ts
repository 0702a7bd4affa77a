import { pathToFileURL } from 'node:url';
import { cruise, type ICruiseResult, type IConfiguration, type ICruiseOptions } from 'dependency-cruiser';
import { inProject } from '../support/project.js';

export interface Rules {
  readonly forbidden: readonly { readonly name: string; readonly comment: string }[];
  readonly options: ICruiseOptions;
}

/** The import rules, as `.dependency-cruiser.mjs` states them. */
export async function importRules(): Promise<Rules> {
  const module = (await import(pathToFileURL(inProject('.dependency-cruiser.mjs')).href)) as { default: Rules };
  return module.default;
}

/** Cruises folders below `baseDir` and judges them by the rules. */
export async function judgeImports(baseDir: string, folders: readonly string[]): Promise<ICruiseResult> {
  const { forbidden, options } = await importRules();
  const ruleSet = { forbidden } as unknown as NonNullable<IConfiguration>;
  const { output } = await cruise([...folders], { ...options, ruleSet, validate: true, baseDir } as ICruiseOptions);
  if (typeof output === 'string') throw new Error(`unexpected report: ${output}`);
  return output;
}
