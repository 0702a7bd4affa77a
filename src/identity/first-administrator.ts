import type { Ids } from '../kernel/ids.js';
import { SYSTEM } from '../kernel/principal.js';
import { refusal } from '../kernel/refusal.js';
import { err, ok, type Result } from '../kernel/result.js';
import type { Text } from '../kernel/text.js';
import type { UnitOfWork } from '../persistence/index.js';
import { organisationFault } from './domain/organisation.js';
import { isUsername, passwordFault, type Person } from './domain/person.js';
import type { IdentityStores } from './identity-stores.js';
import { organisationOf } from './organisation-service.js';
import { personOf } from './people-service.js';
import { plant } from './plant.js';
import type { Passwords } from './secrets/passwords.js';

export interface FirstAdministrator {
  readonly username: string;
  readonly name: string;
  readonly password: string;
  /** The centre that runs the platform; made when the database has none. */
  readonly centre: { readonly name: Text; readonly creditCode: string | null };
}

export interface AdministratorDeps {
  readonly unit: UnitOfWork;
  readonly stores: IdentityStores;
  readonly passwords: Passwords;
  readonly ids: Ids;
}

/** Makes an administrator from the command line: whoever may write the database may do this, nobody over HTTP. */
export async function createAdministrator(deps: AdministratorDeps, input: FirstAdministrator): Promise<Result<Person>> {
  const { unit, stores, passwords, ids } = deps;
  if (!isUsername(input.username)) {
    const errors = [{ pointer: '/username', code: 'username', detail: '3 to 64 of a-z, 0-9, dot, dash, underscore.' }];
    return err(refusal('invalid-body', undefined, { errors }));
  }
  const fault = passwordFault(input.password, input.username) ?? organisationFault('centre', input.centre.creditCode);
  if (fault !== null) return err(fault);
  const passwordHash = await passwords.hash(input.password);
  return unit.run(async (tx) => {
    if ((await stores.people.byUsername(tx, input.username)) !== null) return err(refusal('username-taken'));
    const present = await stores.organisations.firstOfKind(tx, 'centre');
    const centre =
      present ?? organisationOf(ids.next<'organisation'>(), { ...input.centre, kind: 'centre', parent: null });
    if (present !== null) await tx.lock('organisation', [present.id], 'share');
    const person = personOf(ids.next<'person'>(), {
      username: input.username,
      name: input.name,
      organisation: centre.id,
    });
    await plant(tx, stores, ids, SYSTEM, {
      organisations: present === null ? [centre] : [],
      people: [{ ...person, passwordHash }],
      posts: [{ id: ids.next<'post'>(), organisation: centre.id, role: 'admin', holder: person.id, deputy: null }],
    });
    return ok(person);
  });
}
