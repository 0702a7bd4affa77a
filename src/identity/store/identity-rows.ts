import { Entity, PrimaryColumn } from 'typeorm';
import type { OrganisationKind } from '../../kernel/principal.js';
import type { Role } from '../../kernel/roles.js';
import type { Text } from '../../kernel/text.js';
import {
  CodeColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  JsonColumn,
  NullableCodeColumn,
  NullableInstantColumn,
  NullableJsonColumn,
  NullableTextColumn,
  TextColumn,
  VersionColumn,
} from '../../persistence/index.js';
import type { Credential, CredentialKind, Portal } from '../domain/credential.js';
import type { GuessRecord } from '../domain/lockout.js';
import type { Organisation } from '../domain/organisation.js';
import type { Person } from '../domain/person.js';
import type { Post } from '../domain/post.js';
import type {
  FirstAccount,
  Registrant,
  Registration,
  RegistrationState,
  ShownIdentity,
} from '../domain/registration.js';
import type { Session, SessionEnd } from '../domain/session.js';
import type { StoredKey } from '../tokens/stored-key.js';

/* Rows have the shape of the domain's records, so that a table's plain objects are those records. */

@Entity('organisations')
export class OrganisationRow implements Organisation {
  @IdColumn() id!: string;
  @VersionColumn() version!: number;
  @JsonColumn() name!: Text;
  @NullableCodeColumn(18, 'credit_code') creditCode!: string | null;
  @CodeColumn(16) kind!: OrganisationKind;
  @CodeColumn(16) state!: 'active' | 'suspended';
  @NullableCodeColumn(26) parent!: string | null;
  @NullableInstantColumn('suspended_at') suspendedAt!: number | null;
  @NullableTextColumn('suspension_reason') suspensionReason!: string | null;
  @NullableCodeColumn(64, 'identity_key') identityKey!: string | null;
}

@Entity('people')
export class PersonRow implements Person {
  @IdColumn() id!: string;
  @VersionColumn() version!: number;
  @CodeColumn() username!: string;
  @TextColumn() name!: string;
  @CodeColumn(26) organisation!: string;
  @CodeColumn(16) state!: 'active' | 'off';
}

@Entity('posts')
export class PostRow implements Post {
  @IdColumn() id!: string;
  @VersionColumn() version!: number;
  @CodeColumn(26) organisation!: string;
  @CodeColumn(16) role!: Role;
  @CodeColumn(26) holder!: string;
  @NullableCodeColumn(26) deputy!: string | null;
  @CodeColumn(16) state!: 'active' | 'ended';
}

@Entity('portals')
export class PortalRow implements Portal {
  @IdColumn() id!: string;
  @VersionColumn() version!: number;
  @CodeColumn(64, 'client_id') clientId!: string;
  @TextColumn() name!: string;
  @CodeColumn(26) organisation!: string;
  @NullableJsonColumn() serves!: readonly string[] | null;
  @CodeColumn(16) state!: 'active' | 'off';
}

@Entity('credentials')
export class CredentialRow implements Credential {
  @IdColumn() id!: string;
  @VersionColumn() version!: number;
  @CodeColumn(16) kind!: CredentialKind;
  @CodeColumn(26) owner!: string;
  @NullableCodeColumn(26, 'grant_id') grant?: string | null;
  @NullableCodeColumn(26) person?: string | null;
  @CodeColumn(160) hash!: string;
  @CodeColumn(128) label!: string;
  @InstantColumn('created_at') createdAt!: number;
  @NullableInstantColumn('expires_at') expiresAt!: number | null;
  @NullableInstantColumn('revoked_at') revokedAt!: number | null;
}

@Entity('sessions')
export class SessionRow implements Session {
  @IdColumn() id!: string;
  @VersionColumn() version!: number;
  @CodeColumn(26) person!: string;
  @CodeColumn(26) organisation!: string;
  @CodeColumn(16) channel!: 'browser' | 'api';
  @InstantColumn('started_at') startedAt!: number;
  @InstantColumn('refreshed_at') refreshedAt!: number;
  @CodeColumn(26, 'refresh_token') refreshToken!: string;
  @NullableInstantColumn('ended_at') endedAt!: number | null;
  @NullableCodeColumn(32, 'end_reason') endReason!: SessionEnd | null;
}

@Entity('registrations')
export class RegistrationRow implements Registration {
  @IdColumn() id!: string;
  @VersionColumn() version!: number;
  @CodeColumn(16) state!: RegistrationState;
  @NullableCodeColumn(16) kind!: Registrant | null;
  @CodeColumn(18, 'credit_code') creditCode!: string;
  @JsonColumn() name!: Text;
  @TextColumn() authorisation!: string;
  @NullableTextColumn() licence!: string | null;
  @JsonColumn() handler!: FirstAccount;
  @JsonColumn() signatory!: FirstAccount;
  @NullableJsonColumn() identity!: ShownIdentity | null;
  @InstantColumn('submitted_at') submittedAt!: number;
  @NullableInstantColumn('decided_at') decidedAt!: number | null;
  @NullableCodeColumn(26, 'decided_by') decidedBy!: string | null;
  @NullableTextColumn() reason!: string | null;
  @NullableCodeColumn(26) organisation!: string | null;
}

@Entity('signing_keys')
export class SigningKeyRow implements StoredKey {
  @IdColumn() id!: string;
  @VersionColumn() version!: number;
  /** `signing` on the one key that signs: the unique key behind it stops two instances from each making one. */
  @NullableCodeColumn(16, 'open_key') openKey!: 'signing' | null;
  @JsonColumn('public_key') publicKey!: StoredKey['publicKey'];
  @TextColumn() sealed!: string;
  @InstantColumn('created_at') createdAt!: number;
  @NullableInstantColumn('retired_at') retiredAt!: number | null;
}

/** Failed guesses by hashed name, also of names nobody has. Not in the log: it is a counter, not a state of anybody. */
@Entity('sign_in_guesses')
export class GuessRow implements GuessRecord {
  @PrimaryColumn({ type: 'varchar', length: 64 }) id!: string;
  @IntColumn() failures!: number;
  @InstantColumn('last_failure_at') lastFailureAt!: number;
  @InstantColumn('locked_until') lockedUntil!: number;
}
