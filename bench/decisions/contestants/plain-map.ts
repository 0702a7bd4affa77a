import type { Question } from '../../../src/decisions/domain/question.js';
import { NOW, type PlainGrant } from '../bench-world.js';
import type { Contestant } from './contestant.js';

export type GrantMap = ReadonlyMap<string, PlainGrant>;

export const grantMap = (grants: readonly PlainGrant[]): GrantMap =>
  new Map(grants.map((grant) => [`${grant.organisation}\n${grant.dataset}`, grant]));

export const grantOf = (grants: GrantMap, { subjectId, resourceId }: Question): PlainGrant | undefined =>
  grants.get(`${subjectId}\n${resourceId}`);

export const covers = (grant: PlainGrant | undefined, { purpose, action }: Question): boolean =>
  grant !== undefined &&
  grant.state === 'active' &&
  NOW >= grant.start &&
  NOW < grant.end &&
  grant.purpose === purpose &&
  grant.delivery === action;

/** What one would write without any library: a Map from both ids to the grant, and five comparisons. */
export const plainMap: Contestant = {
  name: 'plain Map',
  prepare: ({ grants }) => {
    const map = grantMap(grants);
    return Promise.resolve({ ask: { one: (asked) => covers(grantOf(map, asked), asked) } });
  },
};
