import type { Id } from '../kernel/ids.js';
import type { Reader } from '../persistence/index.js';
import type { IdentityPort } from './application-ports.js';
import type { Application } from './domain/application.js';
import type { CommandName } from './domain/commands.js';
import { allowedCommands } from './domain/decide.js';
import { successors } from './domain/decide-officer.js';
import type { Facts, Rules } from './domain/facts.js';

interface NamedPerson {
  readonly id: Id;
  readonly name: string;
}

/** Whom a caller can name in each command that names a person; nobody where the command is not theirs to give now. */
export async function candidatesOf(
  { rules, identity }: { readonly rules: Rules; readonly identity: IdentityPort },
  reader: Reader,
  application: Application,
  facts: Facts,
) {
  const allowed = allowedCommands(rules, application, facts);
  const { members } = application.request;
  const where = async (command: CommandName, read: () => Promise<readonly NamedPerson[]>) =>
    allowed.includes(command) ? (await read()).map(({ id, name }) => ({ id, name })).sort(byName) : [];
  const named = (ids: readonly Id[]) =>
    Promise.all(ids.map(async (id) => ({ id, name: (await identity.person(reader, id))?.name ?? '' })));
  return {
    addMember: await where('add-member', async () =>
      (await identity.staff(reader, application.applicant)).filter(({ id }) => !members.includes(id)),
    ),
    removeMember: await where('remove-member', () => named(members)),
    reassign: await where('reassign', () => named(successors(rules, application, facts).map(({ person }) => person))),
  };
}

const byName = (one: NamedPerson, other: NamedPerson): number => one.name.localeCompare(other.name, 'zh');
