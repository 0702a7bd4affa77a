import { newEnforcer, newModelFromString, StringAdapter } from 'casbin';

/** A row as Casbin holds it: the columns of the policy definition, by name. */
export type LoadedRow = Readonly<Record<'id' | 'eft' | 'reason' | 'next' | 'obligations' | 'when', string>>;

export interface AccessRows {
  /** Names of the request definition, in order. */
  readonly facts: readonly string[];
  readonly rows: readonly LoadedRow[];
  /** Number of the row that decides. Every value must be a string; anything else throws, and so denies. */
  ask(values: readonly string[]): number;
}

/**
 * Loads the access model and its rows. Only `enforceExSync` is used: `CachedEnforcer` keeps allowing after a removal,
 * async functions count as true in a synchronous matcher, so none are registered here.
 */
export async function loadAccessRows(model: string, policy: string): Promise<AccessRows> {
  const enforcer = await newEnforcer(newModelFromString(model), new StringAdapter(policy));
  if (enforcer.getModel().model.get('e')?.get('e')?.value !== 'priority(p_eft) || deny') {
    throw new Error('the access model must use the effect priority(p.eft) || deny');
  }
  const assertion = enforcer.getModel().model.get('p')?.get('p');
  const columns = (assertion?.tokens ?? []).map((token) => token.slice(2));
  const rows = (assertion?.policy ?? []).map(
    (values) => Object.fromEntries(columns.map((column, at) => [column, values[at] ?? ''])) as LoadedRow,
  );
  const numbers = new Map(rows.map((row, number) => [row.id, number]));
  const facts = (enforcer.getModel().model.get('r')?.get('r')?.tokens ?? []).map((token) => token.slice(2));
  return {
    facts,
    rows,
    ask: (values) => {
      if (!values.every((value) => typeof value === 'string')) throw new TypeError('facts are strings');
      const [allowed, explained] = enforcer.enforceExSync(...values);
      const number = numbers.get(explained[0] ?? '');
      if (number === undefined) throw new Error('Casbin named no row');
      if (allowed !== (rows[number]?.eft === 'allow')) throw new Error('Casbin and its row disagree');
      return number;
    },
  };
}
