import { readFileSync } from 'node:fs';

/** The shipped files, as the product loads them; tests run in the repository's root. */
export const routeModel = (): string => readFileSync('policies/routes.model.conf', 'utf8');
export const routePolicy = (): string => readFileSync('policies/routes.csv', 'utf8');
