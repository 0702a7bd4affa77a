import { PURPOSES } from '../../kernel/purpose.js';
import { decide } from './decide.js';
import type { AccessPolicy } from './policy.js';
import type { Question } from './question.js';
import type { DatasetEntry } from './dataset-entry.js';
import type { World } from './world.js';

/** The model the exported lines are written for: plain RBAC, as any Casbin implementation loads it. */
export const EXPORT_MODEL = `[request_definition]
r = sub, obj, act, purpose

[policy_definition]
p = sub, obj, act, purpose

[role_definition]
g = _, _

[policy_effect]
e = some(where (p.eft == allow))

[matchers]
m = r.obj == p.obj && r.act == p.act && (p.purpose == '*' || r.purpose == p.purpose) && g(r.sub, p.sub)
`;

/** Stands for "no purpose named" in a request and in a line. */
export const NO_PURPOSE = 'none-named';
const ANYONE = 'anyone';
const ACTIONS = ['read', 'download', 'api', 'sandbox'] as const;
const ALL_PURPOSES = [null, ...PURPOSES];

interface Subject {
  readonly name: string;
  readonly question: Pick<Question, 'subjectType' | 'subjectId'>;
  /** Number of the organisation whose grants may serve this subject, or -1. */
  readonly organisation: number;
}

/**
 * The effective policy at one instant as ordinary Casbin lines: who may do what with which dataset or distribution, for
 * which purpose. Whole datasets only: a request for some items has no line. Every line is a decision of the plane
 * itself, so the export says what the plane would say, or nothing.
 */
export function* policyLines(world: World, policy: AccessPolicy, now: number): Generator<string> {
  const permits = (subject: Subject, object: Target, action: string, purpose: string | null): boolean =>
    decide(
      {
        ...subject.question,
        ...object.question,
        issuer: undefined,
        organisation: undefined,
        publisher: undefined,
        items: null,
        action,
        purpose,
        minRevision: 0,
      },
      world,
      policy,
      now,
    ).permit;
  const subjects = [...subjectsOf(world)];
  const anonymous = subjects[0] as Subject;
  const probe = [...world.datasets.values()].flatMap(targetsOf);
  const openTo = (subject: Subject) =>
    probe.find(
      (object) =>
        ACTIONS.some((action) => permits(anonymous, object, action, null)) &&
        !ACTIONS.some((action) => permits(subject, object, action, null)),
    );
  for (const subject of subjects) if (openTo(subject) === undefined) yield `g, ${subject.name}, ${ANYONE}`;
  for (const object of probe) {
    for (const action of ACTIONS)
      if (permits(anonymous, object, action, null)) yield `p, ${ANYONE}, ${object.name}, ${action}, *`;
  }
  for (const subject of subjects) {
    if (subject.organisation < 0) continue;
    for (const object of probe) {
      if (world.grants.first(subject.organisation, object.dataset.index) < 0) continue;
      for (const action of ACTIONS) {
        if (permits(anonymous, object, action, null)) continue;
        for (const purpose of ALL_PURPOSES) {
          if (permits(subject, object, action, purpose))
            yield `p, ${subject.name}, ${object.name}, ${action}, ${purpose ?? NO_PURPOSE}`;
        }
      }
    }
  }
}

interface Target {
  readonly name: string;
  readonly dataset: DatasetEntry;
  readonly question: Pick<Question, 'resourceType' | 'resourceId'>;
}

function* subjectsOf(world: World): Generator<Subject> {
  yield { name: 'anonymous', question: { subjectType: 'anonymous', subjectId: 'anonymous' }, organisation: -1 };
  for (const { id, index } of world.organisations.values()) {
    yield { name: `organisation:${id}`, question: { subjectType: 'organisation', subjectId: id }, organisation: index };
  }
  for (const { id, organisations } of world.people.values()) {
    const only = organisations.length === 1 ? world.organisations.get(organisations[0] as string) : undefined;
    yield { name: `user:${id}`, question: { subjectType: 'user', subjectId: id }, organisation: only?.index ?? -1 };
  }
}

function targetsOf(dataset: DatasetEntry): Target[] {
  const whole = {
    name: `dataset:${dataset.id}`,
    dataset,
    question: { resourceType: 'dataset', resourceId: dataset.id },
  };
  const parts = dataset.distributions.map(({ id }) => ({
    name: `distribution:${id}`,
    dataset,
    question: { resourceType: 'distribution', resourceId: id },
  }));
  return [whole, ...parts];
}
