import type { Text } from '../kernel/text.js';
import type { RegisterRules } from './policy-files.js';
import { RegisterKeeper } from './register-keeper.js';
import type { RegisterSources } from './register-ports.js';
import { RegisterReadings } from './register-readings.js';
import { DatabaseRegisterStore } from './store/database-register-store.js';
import { CatalogueCountsRow, MatterGrantRow, MatterRow, RegisterCursorRow } from './store/register-rows.js';

/** The public register of rulings, and the statistics: read from the log, kept in step with it, told in two sights. */
export function createRegister(deps: {
  readonly rules: RegisterRules;
  readonly reasons: Readonly<Record<string, { readonly text: Text }>>;
  readonly sources: RegisterSources;
}) {
  const store = new DatabaseRegisterStore();
  return {
    store,
    keeper: new RegisterKeeper(store, deps.sources),
    readings: new RegisterReadings(store, deps.sources, deps.rules.leastApplicants),
    views: { ...deps, store },
  };
}
export type Register = ReturnType<typeof createRegister>;

/** Nothing of it is named by the log: it is had from the log again. */
export const registerEntities = [MatterRow, MatterGrantRow, RegisterCursorRow, CatalogueCountsRow];

export type { CountedComplaint } from './domain/complaint-lines.js';
export { type Matter, stands } from './domain/matter.js';
export type { RegisterStore, RulingsAsked } from './register-store.js';
export type { CatalogueCounts } from './domain/catalogue-counts.js';
export { registerRoutes } from './http/register-routes.js';
export { loadRegisterRules, type RegisterRules } from './policy-files.js';
export type { RegisterSources } from './register-ports.js';
