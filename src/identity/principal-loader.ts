import type { Id } from '../kernel/ids.js';
import type { Principal } from '../kernel/principal.js';
import type { Role } from '../kernel/roles.js';
import { textIn } from '../kernel/text.js';
import type { Instant } from '../kernel/time.js';
import type { Reader } from '../persistence/index.js';
import { type Credential, isUsable } from './domain/credential.js';
import type { Organisation } from './domain/organisation.js';
import { namesakesOf } from './domain/namesakes.js';
import { rolesOf } from './domain/post.js';
import { isLive, SESSION_IDLE, SESSION_LIFETIME } from './domain/session.js';
import type { ConfirmedRows } from './store/confirmed-rows.js';

/** A principal with the rows it rests on: when one of them changes, it has to be loaded anew. */
export interface LoadedPrincipal {
  readonly principal: Principal;
  /** `kind:id` of every row; `post` and `person` alone stand for all of them. */
  readonly restsOn: readonly string[];
  readonly until: Instant;
}

const FOREVER = Number.MAX_SAFE_INTEGER;

/**
 * Loads who a session or a machine's credential stands for; `null` when any part of it was switched off or ended, or is
 * not as the log says. A post edited by hand gives no role.
 */
export class PrincipalLoader {
  constructor(private readonly rows: ConfirmedRows) {}

  async ofSession(reader: Reader, sessionId: Id, personId: Id): Promise<LoadedPrincipal | null> {
    const session = await this.rows.session(reader, sessionId);
    if (session === null || session.person !== personId || !isLive(session, reader.now)) return null;
    const person = await this.rows.person(reader, personId);
    if (person === null || person.state !== 'active') return null;
    const organisation = await this.rows.organisation(reader, person.organisation);
    if (organisation === null || organisation.state !== 'active') return null;
    const namesakes = namesakesOf(person, await this.rows.namesOf(reader, person.organisation));
    const roles = rolesOf(person.id, await this.rows.postsOf(reader, person.id));
    return {
      principal: {
        kind: 'person',
        id: person.id,
        name: person.name,
        ...(isPlainMember(organisation, roles)
          ? { organisation: null, memberOf: organisation.id }
          : { organisation: shown(organisation) }),
        roles,
        session: session.id,
        ...(namesakes.length === 0 ? {} : { namesakes }),
      },
      restsOn: [`session:${session.id}`, `person:${person.id}`, `organisation:${organisation.id}`, 'post', 'person'],
      until: Math.min(session.startedAt + SESSION_LIFETIME, session.refreshedAt + SESSION_IDLE),
    };
  }

  /** A portal by one of its credentials; `hash` is compared by the caller. */
  async ofCredential(reader: Reader, { id }: Credential): Promise<LoadedPrincipal | null> {
    const credential = await this.rows.credential(reader, id);
    if (credential === null || !isUsable(credential, reader.now)) return null;
    const portal = await this.rows.portal(reader, credential.owner);
    if (portal === null || portal.state !== 'active') return null;
    const organisation = await this.rows.organisation(reader, portal.organisation);
    if (organisation === null || organisation.state !== 'active') return null;
    return {
      principal: {
        kind: 'portal',
        id: portal.id,
        name: portal.name,
        organisation: shown(organisation),
        roles: ['portal'],
        credential: credential.id,
        ...(portal.serves === null ? {} : { serves: portal.serves }),
      },
      restsOn: [`credential:${credential.id}`, `portal:${portal.id}`, `organisation:${organisation.id}`],
      until: credential.expiresAt ?? FOREVER,
    };
  }

  /**
   * A machine by a key of a grant, for its organisation or for one of its people. What the grant gives is looked at in
   * each question: a key is worth nothing by itself.
   */
  async ofGrantKey(reader: Reader, { id }: Credential): Promise<LoadedPrincipal | null> {
    const key = await this.rows.credential(reader, id);
    if (key?.kind !== 'grant-key' || !key.grant || !isUsable(key, reader.now)) return null;
    const organisation = await this.rows.organisation(reader, key.owner);
    if (organisation === null || organisation.state !== 'active') return null;
    const person = key.person ? await this.rows.person(reader, key.person) : null;
    if (key.person && (person?.state !== 'active' || person.organisation !== organisation.id)) return null;
    return {
      principal: {
        kind: 'machine',
        id: key.id,
        name: key.label,
        organisation: shown(organisation),
        roles: [],
        credential: key.id,
        grant: key.grant,
        ...(person === null ? {} : { bearer: person.id }),
      },
      restsOn: [
        `credential:${key.id}`,
        `organisation:${organisation.id}`,
        ...(person === null ? [] : [`person:${person.id}`]),
      ],
      until: key.expiresAt ?? FOREVER,
    };
  }
}

/** Who has no post at an organisation that applies does not act for it; at a public body colleagues see what it holds. */
const isPlainMember = ({ kind }: Organisation, roles: readonly Role[]): boolean =>
  roles.length === 0 && (kind === 'enterprise' || kind === 'unincorporated');

const shown = ({ id, name, creditCode, kind }: Organisation): NonNullable<Principal['organisation']> => ({
  id,
  name: textIn(name, 'zh'),
  creditCode: creditCode ?? '',
  kind,
});
