import { testMariaDb } from '../../../test/support/mariadb.js';
import { casbinLines } from './casbin-lines.js';
import { caslByFunctions, caslByRules } from './casl.js';
import { cedar } from './cedar.js';
import type { Contestant } from './contestant.js';
import { plainMap } from './plain-map.js';
import { plane } from './plane.js';
import { sqlOn } from './sql.js';

export const OWN = plane.name;

/** The plain Map first: its answers all others must give. */
export function contestants(): readonly [Contestant, Contestant, ...Contestant[]] {
  const server = testMariaDb();
  const sql = server === undefined ? [] : [sqlOn(server)];
  return [plainMap, plane, caslByFunctions, caslByRules, cedar, casbinLines, ...sql];
}
