import type { Id, Ids } from '../kernel/ids.js';
import type { Actor } from '../kernel/principal.js';
import { type Refusal, refusal } from '../kernel/refusal.js';
import { err, ok, type Result } from '../kernel/result.js';
import type { Role } from '../kernel/roles.js';
import type { Reader, Transaction } from '../persistence/index.js';
import { type Candidate, type Eligible, eligibleBy, type Post, postFault, rolesOf, type Seats } from './domain/post.js';
import type { IdentityStores } from './identity-stores.js';
import { lockWithAdministrators, otherAdministrators } from './last-administrator.js';
import type { Expected } from './organisation-service.js';

export interface NewPost {
  readonly organisation: Id<'organisation'>;
  readonly role: Role;
  readonly holder: Id<'person'>;
  readonly deputy: Id<'person'> | null;
}

/** Posts: who holds which role where, and who stands in. */
export class PostService {
  constructor(
    private readonly stores: IdentityStores,
    private readonly ids: Ids,
  ) {}

  async create(tx: Transaction, actor: Actor, input: NewPost): Promise<Result<Post>> {
    const post: Post = { id: this.ids.next<'post'>(), ...input, state: 'active', version: 1 };
    const fault = await this.faultOf(tx, post);
    if (fault !== null) return fault;
    await this.stores.posts.insert(tx, [post]);
    this.tell(tx, 'post.created', post, actor);
    return ok(post);
  }

  /** Gives a post to other people: a new holder, a new deputy, or none. */
  async handOver(
    tx: Transaction,
    actor: Actor,
    id: Id,
    expected: Expected,
    to: { readonly holder?: Id<'person'>; readonly deputy?: Id<'person'> | null },
  ): Promise<Result<Post>> {
    const found = await this.active(tx, id, expected);
    if (!found.ok) return found;
    const next = {
      ...found.value,
      holder: to.holder ?? found.value.holder,
      deputy: to.deputy === undefined ? found.value.deputy : to.deputy,
    };
    const fault = await this.faultOf(tx, next);
    if (fault !== null) return fault;
    const saved = await this.stores.posts.update(tx, next);
    this.tell(tx, 'post.handed-over', saved, actor);
    return ok(saved);
  }

  async end(tx: Transaction, actor: Actor, id: Id, expected: Expected): Promise<Result<Post>> {
    await lockWithAdministrators(tx, this.stores, []);
    const found = await this.active(tx, id, expected);
    if (!found.ok) return found;
    if (found.value.role === 'admin' && !(await otherAdministrators(tx, this.stores, { post: id }))) {
      return err(refusal('last-administrator'));
    }
    const saved = await this.stores.posts.update(tx, { ...found.value, state: 'ended' });
    this.tell(tx, 'post.ended', saved, actor);
    return ok(saved);
  }

  /**
   * Somebody leaves: the deputy, who was found fit to stand in, takes their place; a post whose deputy leaves stays its
   * holder's; where nobody is left who can act it ends. The caller has locked the people.
   */
  async vacate(tx: Transaction, actor: Actor, id: Id, leaving: Id): Promise<Result<Post>> {
    const found = await this.active(tx, id, () => ok(undefined));
    if (!found.ok) return found;
    const { holder, deputy } = found.value;
    const next = holder === leaving ? deputy : holder;
    const person = next === null ? null : await this.stores.people.find(tx, next);
    if (next === null || (next !== holder && person?.state !== 'active'))
      return this.end(tx, actor, id, () => ok(undefined));
    const saved = await this.stores.posts.update(tx, { ...found.value, holder: next, deputy: null });
    this.tell(tx, 'post.handed-over', saved, actor);
    return ok(saved);
  }

  /** Who may act in which role of these organisations: holders first, then deputies; nobody who is switched off. */
  async seats(reader: Reader, organisations: readonly Id[]): Promise<readonly Seats[]> {
    const posts = await this.stores.posts.ofOrganisations(reader, organisations);
    const active = await this.activeAmong(reader, posts);
    return organisations.map((id) => {
      const own = posts.filter(({ organisation }) => organisation === id);
      const roles = [...new Set(own.map(({ role }) => role))];
      const seats = (role: Role) =>
        eligibleBy(
          own.filter((post) => post.role === role),
          active,
        );
      return { id, roles: new Map(roles.map((role) => [role, seats(role)])) };
    });
  }

  /** Who may act in a role anywhere. */
  async holdersOf(reader: Reader, role: Role): Promise<readonly Eligible[]> {
    return this.activeOf(reader, await this.stores.posts.ofRole(reader, role));
  }

  /** Active posts a person holds or deputises. */
  ofPerson = (reader: Reader, person: Id): Promise<readonly Post[]> => this.stores.posts.ofPerson(reader, person);
  /** The same of several people, in one statement. */
  ofPeople = (reader: Reader, people: readonly Id[]): Promise<readonly Post[]> =>
    this.stores.posts.ofPeople(reader, people);

  /** Whether somebody can still act in a role of an organisation when a post or a person is gone. */
  async remains(
    reader: Reader,
    { role, organisation }: { readonly role: Role; readonly organisation: Id },
    without: { readonly post: Id } | { readonly person: Id },
  ): Promise<boolean> {
    const posts = await this.stores.posts.ofRole(reader, role, organisation);
    const left = await this.activeOf(
      reader,
      posts.filter(({ id }) => !('post' in without && id === without.post)),
    );
    return left.some(({ person }) => !('person' in without && person === without.person));
  }

  list = (reader: Reader, organisation: Id | undefined, limit: number, offset: number) =>
    this.stores.posts.list(reader, organisation, limit, offset);

  private async activeOf(reader: Reader, posts: readonly Post[]): Promise<readonly Eligible[]> {
    return eligibleBy(posts, await this.activeAmong(reader, posts));
  }

  private async activeAmong(reader: Reader, posts: readonly Post[]): Promise<(person: Id) => boolean> {
    const ids = posts.flatMap(({ holder, deputy }) => (deputy === null ? [holder] : [holder, deputy]));
    const people = await this.stores.people.findMany(reader, [...new Set(ids)]);
    const active = new Set<Id>(people.filter(({ state }) => state === 'active').map(({ id }) => id));
    return (person) => active.has(person);
  }

  private async active(tx: Transaction, id: Id, expected: Expected): Promise<Result<Post>> {
    const found = await this.stores.posts.find(tx, id);
    if (found === null) return err(refusal('not-found'));
    const fits = expected(found.version);
    if (!fits.ok) return fits;
    return found.state === 'active' ? ok(found) : err(refusal('already-so', 'The post has ended.'));
  }

  private async faultOf(tx: Transaction, post: Post): Promise<Result<never> | null> {
    await tx.lock('organisation', [post.organisation], 'share');
    // Two posts given to one person at once must see each other: roles kept apart hang on the person.
    await tx.lock('person', post.deputy === null ? [post.holder] : [post.holder, post.deputy]);
    const fault = await this.bar(tx, post);
    return fault === null ? null : err(fault);
  }

  /** What keeps a post from being given; null where nothing does. */
  async bar(reader: Reader, post: NewPost & { readonly id?: Id }): Promise<Refusal | null> {
    const organisation = await this.stores.organisations.find(reader, post.organisation);
    if (organisation === null) return unknown('/organisation', 'There is no such organisation.');
    const holder = await this.candidate(reader, post.holder, post.id);
    if (holder === null) return unknown('/holder', 'There is no such person.');
    const deputy = post.deputy === null ? null : await this.candidate(reader, post.deputy, post.id);
    if (post.deputy !== null && deputy === null) return unknown('/deputy', 'There is no such person.');
    return postFault(post, organisation, holder, deputy);
  }

  private async candidate(reader: Reader, id: Id, except: Id | undefined): Promise<Candidate | null> {
    const person = await this.stores.people.find(reader, id);
    if (person === null) return null;
    const others = (await this.stores.posts.ofPerson(reader, id)).filter((post) => post.id !== except);
    return {
      id: person.id,
      organisation: person.organisation,
      state: person.state,
      otherRoles: rolesOf(person.id, others),
    };
  }

  private tell(tx: Transaction, event: string, { id, organisation, role, holder, deputy }: Post, actor: Actor): void {
    tx.append({ event, subject: { kind: 'post', id }, actor, data: { organisation, role, holder, deputy } });
  }
}

const unknown = (pointer: string, detail: string): Refusal =>
  refusal('invalid-body', undefined, { errors: [{ pointer, code: 'unknown', detail }] });
