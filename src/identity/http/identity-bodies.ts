import { etagOf } from '../../kernel/etag.js';
import { type Principal, standsForBearer } from '../../kernel/principal.js';
import { type Instant, isoOf } from '../../kernel/time.js';
import type { Credential, Portal } from '../domain/credential.js';
import type { Organisation } from '../domain/organisation.js';
import type { Person } from '../domain/person.js';
import type { Post } from '../domain/post.js';
import { registrantOf, type Registration, registrationCommands, type ShownIdentity } from '../domain/registration.js';

/* Answers carry chosen fields only: hashes and reasons of suspension never leave by accident. */

const isoOrNull = (at: Instant | null): string | null => (at === null ? null : isoOf(at));

export const organisationBody = ({ id, name, creditCode, kind, state, parent, version }: Organisation) => ({
  id,
  name,
  creditCode,
  kind,
  state,
  parent,
  etag: etagOf(version),
});

export const personBody = ({ id, username, name, organisation, state, version }: Person) => ({
  id,
  username,
  name,
  organisation,
  state,
  etag: etagOf(version),
});

export const postBody = ({ id, organisation, role, holder, deputy, state, version }: Post) => ({
  id,
  organisation,
  role,
  holder,
  deputy,
  state,
  etag: etagOf(version),
});

export const portalBody = ({ id, clientId, name, organisation, serves, state, version }: Portal) => ({
  id,
  clientId,
  name,
  organisation,
  ...(serves === null ? {} : { serves }),
  state,
  etag: etagOf(version),
});

export const keyBody = ({ id, kind, label, createdAt, expiresAt, revokedAt }: Credential) => ({
  id,
  kind,
  label,
  createdAt: isoOf(createdAt),
  expiresAt: isoOrNull(expiresAt),
  revokedAt: isoOrNull(revokedAt),
});

const accountBody = ({ username, name }: Registration['handler']) => ({ username, name });

const isOwn = (registration: Registration, { name }: Principal): boolean =>
  standsForBearer({ kind: registrantOf(registration), name: registration.name }, name);

const identityBody = ({ document, issuedBy, ending, checkedBy }: ShownIdentity) => ({
  document,
  issuedBy,
  ending,
  checked: checkedBy !== null,
});

/** For one administrator: nobody decides on a registration of their own name. */
export const registrationBody = (registration: Registration, principal: Principal) => ({
  id: registration.id,
  state: registration.state,
  kind: registrantOf(registration),
  creditCode: registration.creditCode === '' ? null : registration.creditCode,
  name: registration.name,
  authorisation: registration.authorisation,
  licence: registration.licence,
  handler: accountBody(registration.handler),
  signatory: accountBody(registration.signatory),
  identity: registration.identity === null ? null : identityBody(registration.identity),
  submittedAt: isoOf(registration.submittedAt),
  decidedAt: isoOrNull(registration.decidedAt),
  reason: registration.reason,
  organisation: registration.organisation,
  allowedCommands: isOwn(registration, principal) ? [] : registrationCommands(registration),
  etag: etagOf(registration.version),
});
