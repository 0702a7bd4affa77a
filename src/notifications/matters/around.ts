import type { Concerned } from '../../applications/index.js';
import type { Id } from '../../kernel/ids.js';
import type { Role } from '../../kernel/roles.js';
import type { Text } from '../../kernel/text.js';
import type { Reader } from '../../persistence/index.js';
import type { ToldSurroundings } from '../notification-ports.js';

/**
 * What one round of telling reads, each thing once: a withdrawn dataset may end a thousand grants of a few organisations.
 */
export class Around {
  private readonly known = new Map<string, Promise<unknown>>();

  constructor(
    readonly ports: ToldSurroundings,
    readonly reader: Reader,
  ) {}

  concerned = (id: Id): Promise<Concerned | null> =>
    this.once(`case ${id}`, () => this.ports.application(this.reader, id));

  inRole = (role: Role, organisation: Id | null = null): Promise<readonly Id[]> =>
    this.once(`${role} ${organisation ?? ''}`, () => this.ports.inRole(this.reader, role, organisation));

  /** Several roles of one organisation, in their order. */
  async inRoles(roles: readonly Role[], organisation: Id): Promise<readonly Id[]> {
    const found: Id[] = [];
    for (const role of roles) found.push(...(await this.inRole(role, organisation)));
    return found;
  }

  title = (id: Id): Promise<Text> =>
    this.once(`title ${id}`, async () => (await this.ports.datasetTitle(this.reader, id)) ?? {});

  organisation = (id: Id): Promise<Text> =>
    this.once(`name ${id}`, async () => (await this.ports.organisationName(this.reader, id)) ?? {});

  staffAmong = (people: readonly Id[], organisation: Id): Promise<readonly Id[]> =>
    people.length === 0 ? Promise.resolve([]) : this.ports.staffAmong(this.reader, people, organisation);

  private once<T>(key: string, read: () => Promise<T>): Promise<T> {
    const found = (this.known.get(key) as Promise<T> | undefined) ?? read();
    this.known.set(key, found);
    return found;
  }
}
