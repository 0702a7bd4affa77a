import type { Id } from '../../kernel/ids.js';
import { provenRows } from '../../log/index.js';
import type { Reader, StoredRow, Table, Versioned } from '../../persistence/index.js';
import type { Credential, CredentialKind, Portal } from '../domain/credential.js';
import type { Organisation } from '../domain/organisation.js';
import type { Person } from '../domain/person.js';
import type { Post } from '../domain/post.js';
import type { Session } from '../domain/session.js';
import { CredentialStore } from './credential-store.js';
import { PersonStore, PostStore } from './directory-store.js';
import {
  credentialTable,
  organisationTable,
  personTable,
  portalTable,
  postTable,
  sessionTable,
} from './identity-tables.js';

/** The rows on which rights rest, as the log confirms them: one edited, added or put back by hand gives nobody anything. */
export class ConfirmedRows {
  session = (reader: Reader, id: Id): Promise<Session | null> => one(reader, sessionTable, id);
  person = (reader: Reader, id: Id): Promise<Person | null> => one(reader, personTable, id);
  organisation = (reader: Reader, id: Id): Promise<Organisation | null> => one(reader, organisationTable, id);
  portal = (reader: Reader, id: Id): Promise<Portal | null> => one(reader, portalTable, id);
  credential = (reader: Reader, id: Id): Promise<Credential | null> => one(reader, credentialTable, id);
  private readonly posts = new PostStore();
  private readonly people = new PersonStore();
  private readonly credentials = new CredentialStore();

  /** Active posts a person holds or deputises. */
  async postsOf(reader: Reader, person: Id): Promise<readonly Post[]> {
    return confirmed(reader, postTable, await this.posts.ofPerson(reader, person));
  }

  /** Names of an organisation's people. One edited by hand counts too: it can only add to who is taken for one person. */
  namesOf = (reader: Reader, organisation: Id): Promise<readonly { readonly id: Id; readonly name: string }[]> =>
    this.people.namesOf(reader, organisation);

  /** What an owner has of one kind and has not lost, newest first. */
  async credentialsOf(reader: Reader, owner: Id, kind: CredentialKind): Promise<readonly Credential[]> {
    return confirmed(reader, credentialTable, await this.credentials.ofOwner(reader, owner, kind));
  }
}

async function one<Row extends Versioned>(reader: Reader, table: Table<Row>, id: Id): Promise<Row | null> {
  return (await intactOf(reader, table, await table.findStored(reader, [id])))[0] ?? null;
}

async function confirmed<Row extends Versioned>(
  reader: Reader,
  table: Table<Row>,
  rows: readonly Row[],
): Promise<Row[]> {
  return intactOf(
    reader,
    table,
    rows.map((row) => table.asStored(reader, row)),
  );
}

async function intactOf<Row extends Versioned>(
  reader: Reader,
  table: Table<Row>,
  rows: readonly StoredRow<Row>[],
): Promise<Row[]> {
  return (await provenRows(reader, table, rows)).flatMap(({ row, intact }) => (intact ? [row] : []));
}
