import { Ability, AbilityBuilder, createMongoAbility, type MatchConditions, type MongoAbility } from '@casl/ability';
import type { Question } from '../../../src/decisions/domain/question.js';
import { NOW } from '../bench-world.js';
import type { Contestant } from './contestant.js';
import { covers, grantMap, grantOf } from './plain-map.js';

/** What a rule of CASL looks at; one object that is filled anew for every question. */
interface Wanted {
  dataset: string;
  purpose: string | null;
  now: number;
}

/** As its guide says: an ability for each who asks, which is kept; in it one rule with conditions for each grant. */
export const caslByRules: Contestant = {
  name: 'CASL, a rule per grant',
  prepare: ({ grants }) => {
    const builders = new Map<string, AbilityBuilder<MongoAbility>>();
    for (const { organisation, dataset, state, delivery, purpose, start, end } of grants) {
      if (state !== 'active') continue;
      const builder = builders.get(organisation) ?? new AbilityBuilder<MongoAbility>(createMongoAbility);
      builders.set(organisation, builder);
      builder.can(delivery, 'Dataset', { dataset, purpose, now: { $gte: start, $lt: end } });
    }
    const abilities = new Map(
      [...builders].map(([id, { rules }]) => [id, createMongoAbility(rules, { detectSubjectType })]),
    );
    const wanted: Wanted = { dataset: '', purpose: null, now: NOW };
    return Promise.resolve({
      ask: {
        one: ({ subjectId, resourceId, action, purpose }) => {
          wanted.dataset = resourceId;
          wanted.purpose = purpose;
          return abilities.get(subjectId)?.can(action, wanted) ?? false;
        },
      },
    });
  },
};

const detectSubjectType = (): 'Dataset' => 'Dataset';

const when = (holds: (asked: Question) => boolean): MatchConditions => holds as MatchConditions;

/** One ability for all, three rules with functions as conditions, the grants in a Map: its strongest way. */
export const caslByFunctions: Contestant = {
  name: 'CASL, three rules with functions',
  prepare: ({ grants, world }) => {
    const map = grantMap(grants);
    const hasTier = ({ resourceId }: Question, tier: string) => world.datasets.get(resourceId)?.tier === tier;
    const isOpen = when((asked) => hasTier(asked, 'open'));
    const isGranted = when((asked) => hasTier(asked, 'conditional') && covers(grantOf(map, asked), asked));
    const ability = new Ability<[string, 'Dataset' | Question], MatchConditions>(
      [
        { action: 'read', subject: 'Dataset' },
        { action: 'download', subject: 'Dataset', conditions: isOpen },
        { action: 'download', subject: 'Dataset', conditions: isGranted },
      ],
      { conditionsMatcher: (condition) => condition, detectSubjectType },
    );
    return Promise.resolve({ ask: { one: (asked) => ability.can(asked.action, asked) } });
  },
};
