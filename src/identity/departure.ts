import type { Id } from '../kernel/ids.js';
import type { Actor } from '../kernel/principal.js';
import type { Result } from '../kernel/result.js';
import type { Transaction } from '../persistence/index.js';
import type { Person } from './domain/person.js';
import type { IdentityStores } from './identity-stores.js';
import { lockWithAdministrators } from './last-administrator.js';
import type { Expected } from './organisation-service.js';
import type { PeopleService } from './people-service.js';
import type { PostService } from './post-service.js';

/** Somebody leaves their organisation for good: nothing of their posts comes back when the account is switched on again. */
export class DepartureService {
  constructor(
    private readonly stores: IdentityStores,
    private readonly people: PeopleService,
    private readonly posts: PostService,
  ) {}

  async leave(tx: Transaction, actor: Actor, id: Id, expected: Expected, reason: string): Promise<Result<Person>> {
    const posts = await this.stores.posts.ofPerson(tx, id);
    const around = posts.flatMap(({ holder, deputy }) => (deputy === null ? [holder] : [holder, deputy]));
    await lockWithAdministrators(tx, this.stores, [id, ...around]);
    for (const post of posts) {
      const done = await this.posts.vacate(tx, actor, post.id, id);
      if (!done.ok) return done;
    }
    return this.people.switchOff(tx, actor, id, expected, reason);
  }
}
