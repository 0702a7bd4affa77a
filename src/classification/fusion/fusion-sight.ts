import { type DatasetRecord, sightOf, visibilityOf } from '../../catalogue/index.js';
import type { Id } from '../../kernel/ids.js';
import type { Principal } from '../../kernel/principal.js';

/** The body whose datasets alone this caller may compare with others; null for those who see all. */
export function ownBody(principal: Principal): Id | null {
  const { all, own } = sightOf(principal);
  return all ? null : (own ?? 'nobody');
}

/** Who compares datasets sees each of them in full, and one of them at least is of their own body. */
export function mayCompare(principal: Principal, records: readonly DatasetRecord[]): boolean {
  const own = ownBody(principal);
  const seesEach = records.every((record) => visibilityOf(record, sightOf(principal)) === 'full');
  return seesEach && (own === null || records.some(({ publisher }) => publisher === own));
}

/** Who may read what came of it: whose body has a dataset in it. */
export const maySeeFusion = (
  principal: Principal,
  { datasets }: { readonly datasets: readonly { readonly publisher: Id }[] },
): boolean => {
  const own = ownBody(principal);
  return own === null || datasets.some(({ publisher }) => publisher === own);
};
