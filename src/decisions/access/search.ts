import { setImmediate as breathe } from 'node:timers/promises';
import type { Principal } from '../../kernel/principal.js';
import { isoOf } from '../../kernel/time.js';
import type { AccessPolicy } from '../domain/policy.js';
import { isObject, NO_OBJECT, type Question, QuestionFault, readQuestion, withOwnIssuer } from '../domain/question.js';
import { capped, type Judge } from './judge.js';
import { mayAsk } from './may-ask.js';
import {
  type AccessAnswer,
  type AccessRequest,
  type Answer,
  invalidBody,
  jsonAnswer,
  problemAnswer,
} from './message.js';
import { type PageAsked, type Place, placeOfToken, readPage, tokenFor } from './page-asked.js';
import type { AccessDeps } from './ports.js';
import { actionsAsked, type Candidate, resourcesAsked, subjectsAsked } from './search-candidates.js';

type Json = Readonly<Record<string, unknown>>;

/** Candidates looked at without a pause, so that a search never holds up a check for long. */
const WITHOUT_A_PAUSE = 500;
/** Stands for what is searched for while the rest of the question is read. */
const SOUGHT = '-';

/** What was found: whole where nothing came after it. */
interface Found {
  readonly results: readonly Candidate[];
  readonly more: boolean;
  /** Somebody or something could not be decided on, so the list may be short. */
  readonly undecided: boolean;
  readonly validUntil: number;
}

interface Asked {
  readonly question: Question;
  readonly page: PageAsked;
  /** Everything a page token holds for. */
  readonly all: readonly unknown[];
}

/** How one of the three searches reads its question and finds who or what may come of it. */
interface Way {
  readonly name: string;
  read(body: Json): Question | QuestionFault;
  /** Null where the place is none that this search could have shown. */
  candidates(asker: Principal, question: Question, behind: Place): Iterable<Candidate> | null;
  /** What a result looks like: the entity as a check would name it. */
  entity(body: Json, question: Question, id: string): object;
}

/**
 * `POST /access/v1/search/{subject|resource|action}` (AuthZEN 1.0 §8). Every result was decided by the function that
 * answers a check; a list and a check differ only by what changed in between. Searches serve nothing, so they are not
 * recorded as decisions.
 */
export class Search {
  constructor(
    private readonly deps: AccessDeps,
    private readonly judge: Judge,
  ) {}

  /** Who may do this with that: subjects the asker may ask about, silently without the others. */
  subjects(request: AccessRequest, asker: Principal, body: unknown): Answer {
    return this.search(request, asker, body, {
      name: 'subject',
      read: ({ subject, action, resource, context }) => readQuestion(sought(subject), action, resource, context),
      candidates: (who, question, behind) => subjectsAsked(this.deps.world, this.judge, who, question, behind),
      entity: ({ subject }, question, id) => ({ type: question.subjectType, id, ...propertiesOf(subject) }),
    });
  }

  /** What somebody may do this with. */
  resources(request: AccessRequest, asker: Principal, body: unknown): Answer {
    return this.search(request, asker, body, {
      name: 'resource',
      read: ({ subject, action, resource, context }) => readQuestion(subject, action, sought(resource), context),
      candidates: (who, question, behind) => resourcesAsked(this.deps.world, this.judge, who, question, behind),
      entity: ({ resource }, question, id) => ({ type: question.resourceType, id, ...propertiesOf(resource) }),
    });
  }

  /** What somebody may do with this. */
  actions(request: AccessRequest, asker: Principal, body: unknown): Answer {
    return this.search(request, asker, body, {
      name: 'action',
      read: ({ subject, resource, context }) => readQuestion(subject, { name: SOUGHT }, resource, context),
      candidates: (_, question, behind) => actionsAsked(question, behind),
      entity: (_, __, id) => ({ name: id }),
    });
  }

  private search(request: AccessRequest, asker: Principal, body: unknown, way: Way): Answer {
    // A key of a grant is for that grant: there is nothing to search for.
    if (asker.kind === 'machine') return problemAnswer(request, 'forbidden');
    if (!isObject(body)) return invalidBody(request, NO_OBJECT);
    const asked = this.asked(body, asker, way);
    if (asked instanceof QuestionFault) return invalidBody(request, asked);
    const { question, page, all } = asked;
    if (way.name !== 'subject' && !mayAsk(asker, question, this.deps.serves))
      return problemAnswer(request, 'not-your-subject');
    const behind = placeOfToken(all, page.token);
    if (behind === null) return problemAnswer(request, 'invalid-page-token');
    return this.judge.whenFresh(question.minRevision, async (most): Promise<AccessAnswer> => {
      const candidates = way.candidates(asker, capped(question, most), behind);
      if (candidates === null) return problemAnswer(request, 'invalid-page-token');
      const policy = this.deps.policy();
      const found = await this.find(asker, candidates, page.limit, policy);
      const { results, more } = found;
      const next = more ? tokenFor(all, results.at(-1) ?? behind) : '';
      return jsonAnswer(
        200,
        JSON.stringify({
          page: { next_token: next, count: results.length },
          context: this.context(found, policy),
          results: results.map(({ id }) => way.entity(body, question, id)),
        }),
      );
    });
  }

  private asked(body: Json, asker: Principal, way: Way): Asked | QuestionFault {
    const read = way.read(body);
    if (read instanceof QuestionFault) return read;
    const page = readPage(body['page']);
    if (page instanceof QuestionFault) return page;
    const question = withOwnIssuer(read, this.deps.issuer);
    return { question, page, all: [way.name, asker.kind, asker.id, page.limit, question] };
  }

  private async find(
    asker: Principal,
    candidates: Iterable<Candidate>,
    limit: number,
    policy: AccessPolicy,
  ): Promise<Found> {
    const results: Candidate[] = [];
    let at = this.judge.instant();
    let validUntil = at + this.deps.world.stalenessBound;
    let undecided = false;
    let looked = 0;
    for (const candidate of candidates) {
      looked += 1;
      if (looked % WITHOUT_A_PAUSE === 0) {
        await breathe();
        at = this.judge.instant();
      }
      if (!mayAsk(asker, candidate.question, this.deps.serves)) continue;
      const outcome = this.judge.conclude(asker, candidate.question, at, policy);
      if (!outcome.permit) {
        undecided ||= policy.isUndecided(outcome.row);
        continue;
      }
      if (results.length === limit) return { results, more: true, undecided, validUntil };
      results.push(candidate);
      validUntil = Math.min(validUntil, outcome.validUntil);
    }
    return { results, more: false, undecided, validUntil };
  }

  private context({ undecided, validUntil }: Found, policy: AccessPolicy): object {
    return {
      ...(undecided ? { undecided } : {}),
      policyVersion: policy.version,
      revision: this.deps.world.revision,
      validUntil: isoOf(validUntil),
    };
  }
}

/** What is searched for has no id yet, and one that is given counts for nothing. */
const sought = (entity: unknown): unknown => (isObject(entity) ? { ...entity, id: SOUGHT } : entity);

/** Properties narrow what an entity is (some items, one organisation): without them the result would be another one. */
function propertiesOf(entity: unknown): { readonly properties?: Json } {
  const properties = isObject(entity) ? entity['properties'] : undefined;
  return isObject(properties) && Object.keys(properties).length > 0 ? { properties } : {};
}
