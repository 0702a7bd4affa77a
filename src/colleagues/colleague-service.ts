import type { Expected, Person, Post } from '../identity/index.js';
import type { Id } from '../kernel/ids.js';
import { actorOf, type Principal } from '../kernel/principal.js';
import { type Refusal, refusal } from '../kernel/refusal.js';
import { err, ok, type Result } from '../kernel/result.js';
import type { Reader, Transaction } from '../persistence/index.js';
import type { ColleaguesDeps } from './invitation-service.js';

/** One of an organisation's people with the posts they hold or stand in for. */
export interface Colleague {
  readonly person: Person;
  readonly posts: readonly Post[];
}

/** With what the caller could do: let them go, end these posts. */
export interface ShownColleague extends Colleague {
  readonly removable: boolean;
  readonly endable: ReadonlySet<Id>;
}

/** An organisation looks after its own people: it sees them, ends their posts, and lets them go. */
export class ColleagueService {
  constructor(private readonly deps: Pick<ColleaguesDeps, 'identity'>) {}

  async list(reader: Reader, principal: Principal, limit: number, offset: number) {
    const { people } = this.deps.identity;
    const { items, total } = await people.list(reader, principal.organisation?.id ?? 'nobody', limit, offset);
    const posts = await this.deps.identity.posts.ofPeople(
      reader,
      items.map(({ id }) => id),
    );
    const shown: ShownColleague[] = [];
    for (const person of items) {
      const own = posts.filter(({ holder, deputy }) => holder === person.id || deputy === person.id);
      shown.push(await this.shown(reader, principal, { person, posts: own }));
    }
    return { items: shown, total };
  }

  async shown(reader: Reader, { roles }: Principal, colleague: Colleague): Promise<ShownColleague> {
    const { person, posts } = colleague;
    const endable = new Set<Id>();
    if (person.state === 'off' || !roles.includes('signatory')) return { ...colleague, removable: false, endable };
    for (const post of posts)
      if (post.holder === person.id && (await this.endBar(reader, post)) === null) endable.add(post.id);
    return { ...colleague, removable: (await this.removalBar(reader, colleague)) === null, endable };
  }

  async endPost(
    tx: Transaction,
    principal: Principal,
    person: Id,
    post: Id,
    expected: Expected,
  ): Promise<Result<Colleague>> {
    const found = await this.locked(tx, principal, person);
    if (!found.ok) return found;
    const ending = found.value.posts.find(({ id, holder }) => id === post && holder === person);
    if (ending === undefined) return err(refusal('not-found'));
    const stopped = await this.endBar(tx, ending);
    if (stopped !== null) return err(stopped);
    const done = await this.deps.identity.posts.end(tx, actorOf(principal), post, expected);
    return done.ok ? ok(await this.withPosts(tx, found.value.person)) : done;
  }

  async remove(
    tx: Transaction,
    principal: Principal,
    id: Id,
    expected: Expected,
    reason: string,
  ): Promise<Result<Colleague>> {
    const found = await this.locked(tx, principal, id);
    if (!found.ok) return found;
    const stopped = await this.removalBar(tx, found.value);
    if (stopped !== null) return err(stopped);
    const done = await this.deps.identity.departures.leave(tx, actorOf(principal), id, expected, reason);
    return done.ok ? ok({ person: done.value, posts: [] }) : done;
  }

  /** An organisation nobody signs for could neither act nor let anybody in. */
  private endBar(reader: Reader, { id, role, organisation }: Post): Promise<Refusal | null> {
    return this.signatoryBar(reader, role === 'signatory', organisation, { post: id });
  }

  private removalBar(reader: Reader, { person: { id, organisation }, posts }: Colleague): Promise<Refusal | null> {
    const signs = posts.some(({ role }) => role === 'signatory');
    return this.signatoryBar(reader, signs, organisation, { person: id });
  }

  private async signatoryBar(
    reader: Reader,
    signs: boolean,
    organisation: Id,
    without: { readonly post: Id } | { readonly person: Id },
  ): Promise<Refusal | null> {
    const { posts } = this.deps.identity;
    if (!signs || (await posts.remains(reader, { role: 'signatory', organisation }, without))) return null;
    return refusal('last-signatory');
  }

  /** The organisation is locked: two signatories who let each other go must see one another. */
  private async locked(tx: Transaction, { organisation }: Principal, id: Id): Promise<Result<Colleague>> {
    await tx.lock('organisation', [organisation?.id ?? '']);
    const person = await this.deps.identity.people.find(tx, id);
    if (person === null || person.organisation !== organisation?.id) return err(refusal('not-found'));
    return ok(await this.withPosts(tx, person));
  }

  private async withPosts(reader: Reader, person: Person): Promise<Colleague> {
    return { person, posts: await this.deps.identity.posts.ofPerson(reader, person.id) };
  }
}
