import { hkdfSync } from 'node:crypto';
import type { Ids } from '../kernel/ids.js';
import type { Actor, Principal } from '../kernel/principal.js';
import type { Result } from '../kernel/result.js';
import type { Clock } from '../kernel/time.js';
import type { Follower } from '../log/index.js';
import type { Transaction, UnitOfWork } from '../persistence/index.js';
import { Credentials } from './credentials.js';
import { DepartureService } from './departure.js';
import type { Person } from './domain/person.js';
import { createAdministrator, type FirstAdministrator } from './first-administrator.js';
import { type IdentityStores, identityStores } from './identity-stores.js';
import { KeyService } from './key-service.js';
import { OrganisationService } from './organisation-service.js';
import { PeopleService } from './people-service.js';
import { type Planting, plant } from './plant.js';
import { PortalService } from './portal-service.js';
import { PostService } from './post-service.js';
import { PrincipalLoader } from './principal-loader.js';
import { RegistrationService } from './registration-service.js';
import { IdentityKeys } from './secrets/identity-keys.js';
import { type PasswordCost, Passwords } from './secrets/passwords.js';
import { Sealer } from './secrets/sealing.js';
import { SessionService } from './session-service.js';
import { SignInService } from './sign-in-service.js';
import { KeyRing } from './tokens/key-ring.js';
import { profilesOf } from './tokens/profiles.js';
import { StrictTokens } from './tokens/strict-token.js';

export interface IdentityDeps {
  readonly unit: UnitOfWork;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly follower: Pick<Follower, 'position' | 'age' | 'subscribe'>;
  /** Seals the signing keys; every instance has the same one. */
  readonly secret: string;
  /** `iss` of every token: the product's public address. */
  readonly issuer: string;
  readonly staleness: number;
  readonly passwordCost?: PasswordCost;
  /** Cookies only over TLS. */
  readonly secureCookies: boolean;
  permissionsOf(principal: Principal): readonly string[];
  /** Told when signing keys that another instance made cannot be loaded. */
  onFault?(error: unknown): void;
}

/** What other slices and the edge use of identity. */
export interface Identity {
  readonly credentials: Credentials;
  readonly keys: KeyRing;
  /** The one wrapper over jsonwebtoken: other slices sign their own kinds of token with it. */
  readonly tokens: StrictTokens;
  readonly signIn: SignInService;
  readonly sessions: SessionService;
  readonly invitations: PeopleService;
  readonly organisationService: OrganisationService;
  readonly organisations: Pick<
    IdentityStores['organisations'],
    'find' | 'findMany' | 'byCreditCode' | 'firstOfKind' | 'list'
  >;
  readonly people: Pick<IdentityStores['people'], 'find' | 'findMany' | 'byUsername' | 'list'>;
  readonly posts: PostService;
  readonly departures: DepartureService;
  readonly portals: PortalService;
  readonly machineKeys: KeyService;
  readonly registrations: RegistrationService;
  readonly passwords: Passwords;
  /** Rows as they lie: for seeding, which makes whole worlds at once. */
  readonly stores: IdentityStores;
  readonly secureCookies: boolean;
  permissionsOf(principal: Principal): readonly string[];
  /** Puts down organisations, people, posts and portals with ids of the caller's choice. */
  plant(tx: Transaction, actor: Actor, planting: Planting): Promise<void>;
  createAdministrator(input: FirstAdministrator): Promise<Result<Person>>;
  /** Loads the signing keys, or makes the first one; before the first request. */
  open(): Promise<void>;
}

/** Builds the slice. */
export function createIdentity(deps: IdentityDeps): Identity {
  const { unit, clock, ids, follower } = deps;
  const stores = identityStores();
  const sealer = new Sealer(new Uint8Array(hkdfSync('sha256', deps.secret, '', 'tiergate sealing v1', 32)));
  const keys = new KeyRing({ unit, keys: stores.signingKeys, sealer, ids, clock });
  // A key this instance cannot open must not keep it from following the log: it goes on with the keys it has.
  follower.subscribe(['signing-key'], () => keys.reload().catch((error: unknown) => deps.onFault?.(error)));
  const tokens = new StrictTokens(keys, clock);
  const profiles = profilesOf(deps.issuer);
  const passwords = new Passwords(deps.passwordCost);
  const sessions = new SessionService({ unit, stores, tokens, profiles, ids });
  const people = new PeopleService(unit, stores, sessions, passwords, ids);
  const posts = new PostService(stores, ids);
  const loader = new PrincipalLoader(stores.confirmed);
  const machineKeys = new KeyService(stores, ids);
  return {
    credentials: new Credentials({
      unit,
      stores,
      tokens,
      profiles,
      loader,
      clock,
      follower,
      staleness: deps.staleness,
    }),
    keys,
    tokens,
    signIn: new SignInService({ unit, stores, passwords, sessions }),
    sessions,
    invitations: people,
    organisationService: new OrganisationService(stores, sessions, ids),
    organisations: stores.organisations,
    people: stores.people,
    posts,
    departures: new DepartureService(stores, people, posts),
    portals: new PortalService(stores, machineKeys, ids),
    machineKeys,
    registrations: new RegistrationService(unit, stores, passwords, new IdentityKeys(deps.secret), ids),
    passwords,
    stores,
    secureCookies: deps.secureCookies,
    permissionsOf: (principal) => deps.permissionsOf(principal),
    plant: (tx, actor, planting) => plant(tx, stores, ids, actor, planting),
    createAdministrator: (input) => createAdministrator({ unit, stores, passwords, ids }, input),
    open: () => keys.open(),
  };
}
