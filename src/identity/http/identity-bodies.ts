import { etagOf } from '../../kernel/etag.js';
import { type Instant, isoOf } from '../../kernel/time.js';
import type { Credential, Portal } from '../domain/credential.js';
import type { Organisation } from '../domain/organisation.js';
import type { Person } from '../domain/person.js';
import type { Post } from '../domain/post.js';
import type { Registration } from '../domain/registration.js';

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

export const portalBody = ({ id, clientId, name, organisation, state, version }: Portal) => ({
  id,
  clientId,
  name,
  organisation,
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

export const registrationBody = (registration: Registration) => ({
  id: registration.id,
  state: registration.state,
  creditCode: registration.creditCode,
  name: registration.name,
  authorisation: registration.authorisation,
  licence: registration.licence,
  handler: accountBody(registration.handler),
  signatory: accountBody(registration.signatory),
  submittedAt: isoOf(registration.submittedAt),
  decidedAt: isoOrNull(registration.decidedAt),
  reason: registration.reason,
  organisation: registration.organisation,
  etag: etagOf(registration.version),
});
