import { expect } from 'chai';
import { RouteGuard, RoutePolicyRefused } from '../../../src/casbin/index.js';
import { ROLES, type Role } from '../../../src/kernel/roles.js';
import { ANONYMOUS, type OrganisationKind, type Principal } from '../../../src/kernel/principal.js';
import { routeModel } from './route-files.js';

const PERMISSIONS = ['dataset.read', 'application.submit', 'application.approve', 'person.manage', 'me.read'];
const POLICY = `
# a comment, then an empty line

g, anonymous, everyone
g, signed-in, everyone
g, handler, signed-in
g, approver, signed-in
g, admin, signed-in
p, everyone, *, dataset.read
p, signed-in, *, me.read
p, handler, enterprise, application.submit
p, approver, authority, application.approve
p, admin, *, person.manage
`;

const caller = (roles: readonly string[], kind: OrganisationKind | null = 'enterprise'): Principal => ({
  kind: 'person',
  id: 'person-1',
  name: 'Person',
  organisation: kind === null ? null : { id: 'organisation-1', name: 'Body', creditCode: '', kind },
  roles: roles as Role[],
});
const load = (policy = POLICY, permissions = PERMISSIONS, onError?: (error: unknown) => void) =>
  RouteGuard.load({ model: routeModel(), policy, permissions, ...(onError === undefined ? {} : { onError }) });

describe('casbin: the route guard', () => {
  it('permits what a line names, for the role and the organisation kind it names', async () => {
    const guard = await load();
    expect(guard.permits(caller(['handler'], 'enterprise'), 'application.submit')).to.equal(true);
    expect(guard.permits(caller(['handler'], 'public-body'), 'application.submit')).to.equal(false);
    expect(guard.permits(caller(['approver'], 'authority'), 'application.approve')).to.equal(true);
    expect(guard.permits(caller(['approver'], 'enterprise'), 'application.approve')).to.equal(false);
    expect(guard.permits(caller(['handler', 'admin'], null), 'person.manage')).to.equal(true);
  });

  it('denies every role whatever no line names', async () => {
    const guard = await load();
    for (const role of ROLES) expect(guard.permits(caller([role]), 'ruling.forge'), role).to.equal(false);
    for (const role of ROLES.filter((one) => one !== 'admin')) {
      expect(guard.permits(caller([role]), 'person.manage'), role).to.equal(false);
    }
  });

  it('gives anonymous callers the lines of everyone and nothing of those who signed in', async () => {
    const guard = await load();
    expect(guard.permits(ANONYMOUS, 'dataset.read')).to.equal(true);
    expect(guard.permits(ANONYMOUS, 'me.read')).to.equal(false);
    expect(guard.permits({ ...ANONYMOUS, roles: ['admin'] }, 'person.manage')).to.equal(false);
  });

  it('gives a machine with a key of a grant the lines of machines alone, not those of everyone', async () => {
    const guard = await load(`${POLICY}p, machine, *, me.read\n`);
    const machine: Principal = { ...caller(['admin', 'handler']), kind: 'machine' };
    expect(guard.permissionsOf(machine)).to.deep.equal(['me.read']);
    expect((await load()).permissionsOf(machine)).to.deep.equal([]);
  });

  it('gives a person without a post only the lines of everyone who signed in', async () => {
    const guard = await load();
    expect(guard.permissionsOf(caller([], null))).to.deep.equal(['dataset.read', 'me.read']);
  });

  it('does not let a group, an unknown role or an inherited property name stand in for a role', async () => {
    const guard = await load(`${POLICY}\ng, steward, staff\np, staff, *, application.approve\n`);
    expect(guard.permits(caller(['steward']), 'application.approve')).to.equal(true);
    for (const odd of ['staff', 'everyone', '*', '', 'constructor', '__proto__', 'toString', 'Admin', 'admin ']) {
      expect(guard.permits(caller([odd]), 'application.approve'), odd).to.equal(false);
      expect(guard.permits(caller([odd]), 'person.manage'), odd).to.equal(false);
    }
  });

  it('remembers an answer per role set and organisation kind, not per person', async () => {
    const guard = await load();
    const asked = countingEnforcer(guard);
    expect(guard.permits(caller(['handler', 'admin']), 'person.manage')).to.equal(true);
    const first = asked.count;
    expect(guard.permits(caller(['admin', 'handler', 'admin']), 'person.manage')).to.equal(true);
    expect(asked.count).to.equal(first).and.to.be.greaterThan(0);
    expect(guard.permits(caller(['admin', 'handler'], 'authority'), 'person.manage')).to.equal(true);
    expect(asked.count).to.be.greaterThan(first);
  });

  it('gives with its memory exactly what Casbin gives without it', async () => {
    const warm = await load();
    for (const kind of ['enterprise', 'public-body', 'authority', 'centre', 'person', null] as const) {
      for (const first of ROLES) {
        for (const second of ROLES) {
          for (const permission of PERMISSIONS) {
            warm.permits(caller([first, second], kind), permission);
            const cold = await fresh();
            expect(warm.permits(caller([second, first], kind), permission)).to.equal(
              cold.permits(caller([first, second], kind), permission),
            );
          }
        }
      }
    }
  }).timeout(240_000);

  it('denies when Casbin throws, tells it, and does not remember the denial', async () => {
    const told: unknown[] = [];
    const guard = await load(POLICY, PERMISSIONS, (error) => told.push(error));
    const enforcer = (guard as unknown as { enforcer: { enforceSync: (...values: string[]) => unknown } }).enforcer;
    const real = enforcer.enforceSync.bind(enforcer);
    enforcer.enforceSync = () => {
      throw new Error('model lost');
    };
    expect(guard.permits(caller(['admin']), 'person.manage')).to.equal(false);
    expect(told).to.have.length(1);
    enforcer.enforceSync = real;
    expect(guard.permits(caller(['admin']), 'person.manage')).to.equal(true);
  });

  it('denies when Casbin answers anything but true', async () => {
    const guard = await load();
    const enforcer = (guard as unknown as { enforcer: { enforceSync: (...values: string[]) => unknown } }).enforcer;
    enforcer.enforceSync = () => Promise.resolve(true);
    expect(guard.permits(caller(['admin']), 'person.manage')).to.equal(false);
  });
});

describe('casbin: faults of the route policy refuse the start', () => {
  const faultsOf = async (policy: string): Promise<readonly string[]> => {
    try {
      await load(policy);
    } catch (error) {
      if (error instanceof RoutePolicyRefused) return error.faults.map(({ line, fault }) => `${line} ${fault}`);
      throw error;
    }
    return [];
  };

  it('loads a policy without fault', async () => expect(await faultsOf(POLICY)).to.deep.equal([]));

  const cases: readonly [string, string, RegExp][] = [
    ['an unknown role', 'p, root, *, dataset.read', /^1 unknown role "root"/],
    ['an unknown role in a group line', 'g, root, staff', /^1 unknown role "root"/],
    ['a permission of no route', 'p, admin, *, dataset.burn', /^1 no route names the permission "dataset.burn"/],
    ['a permission that is not noun.verb', 'p, admin, *, *', /noun\.verb/],
    ['an organisation kind that is unknown', 'p, admin, club, dataset.read', /unknown organisation kind "club"/],
    ['a missing part', 'p, admin, dataset.read', /expected/],
    ['one part too many, also a deny', 'p, admin, *, dataset.read, deny', /expected/],
    ['another kind of line', 'g2, admin, staff', /expected/],
    ['a line given twice', 'p, admin, *, dataset.read\np, admin, *, dataset.read', /^2 the same line/],
  ];
  for (const [title, policy, fault] of cases) {
    it(`refuses ${title}`, async () => expect((await faultsOf(policy)).join('\n')).to.match(fault));
  }

  it('names every fault at once, with its line', async () => {
    const faults = await faultsOf('# comment\np, root, *, dataset.read\n\np, admin, club, dataset.burn');
    expect(faults.map((fault) => fault.split(' ')[0])).to.deep.equal(['2', '4', '4']);
  });

  it('would be loaded in silence by Casbin alone, and then deny what was meant', async () => {
    const { newEnforcer, newModelFromString, StringAdapter } = await import('casbin');
    const bare = await newEnforcer(newModelFromString(routeModel()), new StringAdapter('p, admn, *, person.manage'));
    expect(bare.enforceSync('admin', 'centre', 'person.manage')).to.equal(false);
  });
});

let coldGuards: RouteGuard | undefined;
async function fresh(): Promise<RouteGuard> {
  coldGuards ??= await load();
  (coldGuards as unknown as { memo: Map<string, unknown> }).memo.clear();
  return coldGuards;
}

function countingEnforcer(guard: RouteGuard): { count: number } {
  const enforcer = (guard as unknown as { enforcer: { enforceSync: (...values: string[]) => boolean } }).enforcer;
  const real = enforcer.enforceSync.bind(enforcer);
  const asked = { count: 0 };
  enforcer.enforceSync = (...values) => {
    asked.count++;
    return real(...values);
  };
  return asked;
}
