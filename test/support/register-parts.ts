import type { Reader } from '../../src/persistence/index.js';
import type { MatterWithGrant } from '../../src/register/domain/entry.js';
import type { RegisterStore } from '../../src/register/register-store.js';

/** Everything the register counts, in one piece. */
export async function registered(store: Pick<RegisterStore, 'parts'>, reader: Reader): Promise<MatterWithGrant[]> {
  const all: MatterWithGrant[] = [];
  for await (const part of store.parts(reader)) all.push(...part);
  return all;
}
