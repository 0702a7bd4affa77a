import { In, Not } from 'typeorm';
import type { Id } from '../../kernel/ids.js';
import type { OrganisationKind } from '../../kernel/principal.js';
import type { Role } from '../../kernel/roles.js';
import { places, type Reader, type Transaction } from '../../persistence/index.js';
import type { Organisation } from '../domain/organisation.js';
import type { Person } from '../domain/person.js';
import type { Post } from '../domain/post.js';
import { PersonRow } from './identity-rows.js';
import { listed, organisationTable, personTable, postTable } from './identity-tables.js';

type Listed<T> = Promise<{ readonly items: readonly T[]; readonly total: number }>;

const firstOf = async <Row>(rows: Promise<readonly Row[]>): Promise<Row | null> => (await rows)[0] ?? null;

/** Organisations in the database. */
export class OrganisationStore {
  find = (reader: Reader, id: Id): Promise<Organisation | null> => organisationTable.find(reader, id);
  findMany = (reader: Reader, ids: readonly Id[]): Promise<readonly Organisation[]> =>
    organisationTable.findMany(reader, ids);
  insert = (tx: Transaction, rows: readonly Organisation[]): Promise<void> => organisationTable.insert(tx, [...rows]);
  update = (tx: Transaction, row: Organisation): Promise<Organisation> => organisationTable.update(tx, { ...row });

  byCreditCode(reader: Reader, creditCode: string): Promise<Organisation | null> {
    return firstOf(organisationTable.where(reader, 'credit_code = ?', [creditCode]));
  }

  byIdentityKey(reader: Reader, identityKey: string): Promise<Organisation | null> {
    return firstOf(organisationTable.where(reader, 'identity_key = ?', [identityKey]));
  }

  /** The first active organisation of a kind: the authority, the centre. */
  firstOfKind(reader: Reader, kind: OrganisationKind): Promise<Organisation | null> {
    return firstOf(organisationTable.where(reader, "kind = ? AND state = 'active' ORDER BY id LIMIT 1", [kind]));
  }

  list(
    reader: Reader,
    kinds: readonly OrganisationKind[],
    own: Id | null,
    limit: number,
    offset: number,
    creditCode?: string,
  ): Listed<Organisation> {
    const of = creditCode === undefined ? {} : { creditCode };
    const where = [
      { ...of, kind: In([...kinds]) },
      ...(own === null ? [] : [{ ...of, id: own, kind: Not(In([...kinds])) }]),
    ];
    return listed(reader, organisationTable, { where: where as never, limit, offset });
  }
}

/** People in the database. */
export class PersonStore {
  find = (reader: Reader, id: Id): Promise<Person | null> => personTable.find(reader, id);
  findMany = (reader: Reader, ids: readonly Id[]): Promise<readonly Person[]> => personTable.findMany(reader, ids);
  insert = (tx: Transaction, rows: readonly Person[]): Promise<void> => personTable.insert(tx, [...rows]);
  update = (tx: Transaction, row: Person): Promise<Person> => personTable.update(tx, { ...row });

  /** Ids and names of an organisation's people, also of those who were switched off. */
  namesOf(reader: Reader, organisation: Id): Promise<readonly Pick<Person, 'id' | 'name'>[]> {
    return reader.manager.find(PersonRow, { select: { id: true, name: true }, where: { organisation } });
  }

  byUsername(reader: Reader, username: string): Promise<Person | null> {
    return firstOf(personTable.where(reader, 'username = ?', [username]));
  }

  list(reader: Reader, organisation: Id | undefined, limit: number, offset: number): Listed<Person> {
    return listed(reader, personTable, { where: organisation === undefined ? {} : { organisation }, limit, offset });
  }
}

/** Posts in the database. */
export class PostStore {
  find = (reader: Reader, id: Id): Promise<Post | null> => postTable.find(reader, id);
  insert = (tx: Transaction, rows: readonly Post[]): Promise<void> => postTable.insert(tx, [...rows]);
  update = (tx: Transaction, row: Post): Promise<Post> => postTable.update(tx, { ...row });

  /** Active posts a person holds or deputises. */
  ofPerson = (reader: Reader, person: Id): Promise<readonly Post[]> => this.ofPeople(reader, [person]);

  /** Active posts any of these people holds or deputises. */
  async ofPeople(reader: Reader, people: readonly Id[]): Promise<readonly Post[]> {
    if (people.length === 0) return [];
    const any = places(people);
    const condition = `state = 'active' AND (holder IN (${any}) OR deputy IN (${any})) ORDER BY id`;
    return postTable.where(reader, condition, [...people, ...people]);
  }

  /** Active posts of these organisations. */
  async ofOrganisations(reader: Reader, organisations: readonly Id[]): Promise<readonly Post[]> {
    if (organisations.length === 0) return [];
    const any = places(organisations);
    return postTable.where(reader, `state = 'active' AND organisation IN (${any}) ORDER BY id`, organisations);
  }

  /** Active posts of a role, in one organisation or in all. */
  ofRole(reader: Reader, role: Role, organisation?: Id): Promise<readonly Post[]> {
    const within = organisation === undefined ? [] : [organisation];
    const there = organisation === undefined ? '' : 'AND organisation = ?';
    return postTable.where(reader, `state = 'active' AND role = ? ${there} ORDER BY id`, [role, ...within]);
  }

  list(reader: Reader, organisation: Id | undefined, limit: number, offset: number): Listed<Post> {
    return listed(reader, postTable, { where: organisation === undefined ? {} : { organisation }, limit, offset });
  }
}
