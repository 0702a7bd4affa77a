import type { Concerned } from '../../applications/index.js';
import type { Id } from '../../kernel/ids.js';
import type { Role } from '../../kernel/roles.js';
import type { Text } from '../../kernel/text.js';
import type { Reader } from '../../persistence/index.js';
import type { ToldSurroundings } from '../notification-ports.js';

/** What one round of telling asks of those around it; its ports read each row once in a command. */
export class Around {
  /** Whom a case concerns is worked out once: several lines may tell of it. */
  private readonly cases = new Map<Id, Promise<Concerned | null>>();

  constructor(
    readonly ports: ToldSurroundings,
    readonly reader: Reader,
  ) {}

  concerned(id: Id): Promise<Concerned | null> {
    const found = this.cases.get(id) ?? this.ports.application(this.reader, id);
    this.cases.set(id, found);
    return found;
  }

  inRole = (role: Role, organisation: Id | null = null): Promise<readonly Id[]> =>
    this.ports.inRole(this.reader, role, organisation);

  /** Several roles of one organisation, in their order. */
  async inRoles(roles: readonly Role[], organisation: Id): Promise<readonly Id[]> {
    const found: Id[] = [];
    for (const role of roles) found.push(...(await this.inRole(role, organisation)));
    return found;
  }

  title = async (id: Id): Promise<Text> => (await this.ports.datasetTitle(this.reader, id)) ?? {};

  organisation = async (id: Id): Promise<Text> => (await this.ports.organisationName(this.reader, id)) ?? {};

  staffAmong = (people: readonly Id[], organisation: Id): Promise<readonly Id[]> =>
    people.length === 0 ? Promise.resolve([]) : this.ports.staffAmong(this.reader, people, organisation);
}
