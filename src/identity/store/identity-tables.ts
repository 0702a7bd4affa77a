import type { ObjectLiteral } from 'typeorm';
import { LostUpdate, type Reader, Table, type Transaction, type Versioned } from '../../persistence/index.js';
import {
  CredentialRow,
  GuessRow,
  OrganisationRow,
  PersonRow,
  PortalRow,
  PostRow,
  RegistrationRow,
  SessionRow,
  SigningKeyRow,
} from './identity-rows.js';

const DUPLICATE = 1062;

/** A table with unique keys: losing the race for one runs the unit again, and then the rule that names it refuses. */
class UniqueTable<Row extends Versioned> extends Table<Row> {
  override async insert(tx: Transaction, rows: readonly Row[]): Promise<void> {
    try {
      await super.insert(tx, rows);
    } catch (error) {
      if ((error as { errno?: number }).errno === DUPLICATE) throw new LostUpdate(`${this.kind}: unique key`);
      throw error;
    }
  }
}

export const organisationTable = new UniqueTable<OrganisationRow>('organisation', OrganisationRow);
export const personTable = new UniqueTable<PersonRow>('person', PersonRow);
export const postTable = new Table<PostRow>('post', PostRow);
export const portalTable = new UniqueTable<PortalRow>('portal', PortalRow);
export const credentialTable = new Table<CredentialRow>('credential', CredentialRow);
export const sessionTable = new Table<SessionRow>('session', SessionRow);
export const registrationTable = new Table<RegistrationRow>('registration', RegistrationRow);
export const signingKeyTable = new UniqueTable<SigningKeyRow>('signing-key', SigningKeyRow);

export const identityEntities = [
  OrganisationRow,
  PersonRow,
  PostRow,
  PortalRow,
  CredentialRow,
  SessionRow,
  RegistrationRow,
  SigningKeyRow,
  GuessRow,
];
export const identityTables = [
  organisationTable,
  personTable,
  postTable,
  portalTable,
  credentialTable,
  sessionTable,
  registrationTable,
  signingKeyTable,
];

/** Which rows of a list, and which part of it: newest first, ids as the order of making. */
export interface Slice<Row extends ObjectLiteral> {
  readonly where: Partial<Row> | readonly Partial<Row>[];
  readonly limit: number;
  readonly offset: number;
}

/** A part of a list and how long the whole is. */
export async function listed<Row extends Versioned>(
  reader: Reader,
  table: Table<Row>,
  { where, limit, offset }: Slice<Row>,
): Promise<{ readonly items: readonly Row[]; readonly total: number }> {
  const [items, total] = await reader.manager.findAndCount(table.entity, {
    where: where as never,
    order: { id: 'DESC' } as never,
    skip: offset,
    take: limit,
  });
  return { items, total };
}
