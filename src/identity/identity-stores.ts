import { CredentialStore, GuessStore, PortalStore, SessionStore, SigningKeyStore } from './store/credential-store.js';
import { ConfirmedRows } from './store/confirmed-rows.js';
import { OrganisationStore, PersonStore, PostStore } from './store/directory-store.js';
import { RegistrationStore } from './store/registration-store.js';

/** Every store of the slice: services take this one bundle. */
export interface IdentityStores {
  readonly organisations: OrganisationStore;
  readonly people: PersonStore;
  readonly posts: PostStore;
  readonly portals: PortalStore;
  readonly credentials: CredentialStore;
  readonly sessions: SessionStore;
  readonly signingKeys: SigningKeyStore;
  readonly guesses: GuessStore;
  readonly registrations: RegistrationStore;
  /** The same rows where somebody's rights rest on them. */
  readonly confirmed: ConfirmedRows;
}

export const identityStores = (): IdentityStores => ({
  organisations: new OrganisationStore(),
  people: new PersonStore(),
  posts: new PostStore(),
  portals: new PortalStore(),
  credentials: new CredentialStore(),
  sessions: new SessionStore(),
  signingKeys: new SigningKeyStore(),
  guesses: new GuessStore(),
  registrations: new RegistrationStore(),
  confirmed: new ConfirmedRows(),
});
