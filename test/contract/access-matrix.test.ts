import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { RouteGuard } from '../../src/casbin/index.js';
import type { Principal } from '../../src/kernel/principal.js';
import type { Role } from '../../src/kernel/roles.js';
import type { Answer } from '../support/caller.js';
import { Cases, fine, type Name, NAMES } from '../support/cases.js';
import { backends } from '../support/databases.js';
import { inProject } from '../support/project.js';
import { type OpenApp, openApp } from '../support/server.js';

const ABSENT = '01ARZ3NDEKTSV4RRFFQ69G5FAV';

/** Columns of the tables below. Enterprise A applies to the transport body. */
const WHO: Readonly<Record<string, Name>> = {
  anon: 'anonymous',
  portal: 'portal',
  handA: 'enterprise-a-handler',
  signA: 'enterprise-a-signatory',
  handB: 'enterprise-b-handler',
  citiz: 'citizen',
  stewT: 'steward-transport',
  stewH: 'steward-health',
  reviT: 'reviewer-transport',
  reviH: 'reviewer-health',
  offic: 'officer',
  appro: 'approver',
  super: 'supervisor',
  audit: 'auditor',
  admin: 'admin',
};

/**
 * Who sees what. `see`: it is shown. `-`: it is absent, in the words of an id that was never given. `in`: sign in
 * first. `no`: this kind of thing is not for this role at all, whatever the id (policies/routes.csv).
 */
const SEEING = `
                    anon portal handA signA handB citiz stewT stewH reviT reviH offic appro super audit admin
draft of A          in   -      see   see   -     -     -     -     -     -     -     -     -     -     -
submitted           in   -      see   see   -     -     -     -     see   -     -     see   see   see   -
at the authority    in   -      see   see   -     -     -     -     see   -     -     see   see   see   -
grant of A          in   -      see   see   -     -     see   -     see   -     see   see   see   see   see
violation of A      in   -      see   see   -     -     see   -     see   -     -     see   see   see   -
measure on A        in   -      see   see   -     -     -     -     -     -     -     see   see   see   -
demand of A         -    -      see   see   -     -     see   -     see   -     -     see   see   see   -
complaint of A      -    -      see   see   -     -     see   -     see   -     -     see   see   see   -
evidence of A       in   no     see   see   -     -     no    no    no    no    see   see   see   see   no
the desk            in   no     no    no    no    no    no    no    no    no    no    see   see   see   no
draft dataset       -    -      -     -     -     -     see   -     see   -     see   see   see   see   see
hidden dataset      -    -      -     -     -     -     see   -     see   -     see   see   see   see   see
listed dataset      see  see    see   see   see   see   see   see   see   see   see   see   see   see   see
decision on A       in   see    see   see   -     -     -     -     see   -     see   see   see   see   see
assessment of T     in   no     no    no    no    no    see   -     no    no    see   no    no    see   no
import of T         in   no     no    no    no    no    see   -     no    no    no    no    no    no    see
enterprise A        -    see    see   see   -     -     see   see   see   see   see   see   see   see   see
handler of A        in   no     no    no    no    no    no    no    no    no    no    no    see   see   see
posts               in   no     no    no    no    no    see   see   see   see   see   see   see   see   see
portals             in   no     no    no    no    no    no    no    no    no    no    no    no    no    see
the log             in   no     no    no    no    no    no    no    no    no    no    no    no    see   no
rule packs          see  see    see   see   see   see   see   see   see   see   see   see   see   see   see
agreements          see  see    see   see   see   see   see   see   see   see   see   see   see   see   see
`;

/**
 * Who may do what, on the version they would see. `may`: the server would let them. `-` and `in` as above. `no`: they
 * may know of it but not do this, or the role never does this.
 */
const DOING = `
                    anon portal handA signA handB citiz stewT stewH reviT reviH offic appro super audit admin
draft submit        in   -      may   no    -     -     -     -     -     -     -     -     -     -     -
draft withdraw      in   -      may   may   -     -     -     -     -     -     -     -     -     -     -
submitted accept    in   -      no    no    -     -     -     -     may   -     -     no    no    no    -
submitted withdraw  in   -      may   may   -     -     -     -     no    -     -     no    no    no    -
authority approve   in   -      no    no    -     -     -     -     no    -     -     may   no    no    -
authority remark    in   -      may   no    -     -     -     -     may   -     -     may   no    no    -
grant suspend       in   no     no    no    no    no    no    no    no    no    no    no    may   no    no
grant revoke        in   no     no    no    no    no    no    no    no    no    no    no    may   no    no
grant relinquish    in   no     may   may   -     -     no    no    no    no    no    no    no    no    no
evidence verify     in   no     no    no    no    no    no    no    no    no    may   may   no    no    no
evidence strike-out in   no     no    no    no    no    no    no    no    no    may   may   may   no    no
evidence withdraw   in   no     may   may   -     -     no    no    no    no    no    no    no    no    no
grant amend         in   no     may   no    -     -     no    no    no    no    no    no    no    no    no
violation reply     in   no     may   may   -     -     no    no    no    no    no    no    no    no    no
violation dismiss   in   no     no    no    no    no    no    no    no    no    no    no    may   no    no
demand answer       in   no     no    no    no    no    may   -     no    no    no    no    no    no    no
complaint take-back in   -      may   may   -     -     no    -     no    -     -     no    no    no    -
complaint rule      in   no     no    no    no    no    no    no    no    no    no    may   no    no    no
measure lift        in   no     no    no    no    no    no    no    no    no    no    may   may   no    no
dataset list        in   no     no    no    no    no    may   -     no    no    no    no    no    no    no
listed suspend      in   no     no    no    no    no    may   no    no    no    no    no    may   no    no
listed withdraw     in   no     no    no    no    no    may   no    no    no    no    no    no    no    no
assessment confirm  in   no     no    no    no    no    no    no    no    no    may   no    no    no    no
agreement revise    in   no     no    no    no    no    no    no    no    no    no    no    no    no    may
person switch-off   in   no     no    no    no    no    no    no    no    no    no    no    no    no    may
portal switch-off   in   no     no    no    no    no    no    no    no    no    no    no    no    no    may
`;

interface Row {
  readonly what: string;
  readonly cells: ReadonlyMap<string, string>;
}

function rowsOf(table: string): Row[] {
  const [head = '', ...lines] = table.split('\n').filter((line) => line.trim() !== '');
  const names = head.trim().split(/\s+/);
  return lines.map((line) => {
    const values = line.slice(20).trim().split(/\s+/);
    return { what: line.slice(0, 20).trim(), cells: new Map(names.map((name, at) => [name, values[at] ?? '?'])) };
  });
}

const withoutInstance = ({ body }: Answer): object => ({ ...(body as object), instance: '' });

describe('contract: who sees and does what', function () {
  this.timeout(240_000);
  const [inMemory] = backends;
  let opened: OpenApp;
  let cases: Cases;
  /** Where each thing of the tables is, and the same place with an id that does not exist. */
  let places: ReadonlyMap<string, { readonly path: string; readonly absent: string }>;

  before(async () => {
    opened = await openApp(inMemory!, { seeded: true });
    cases = await Cases.open(await opened.listen());
    const paths = await planted(cases);
    places = new Map(
      Object.entries(paths).map(([what, path]) => [
        what,
        { path, absent: path.replace(/[0-7][0-9A-HJKMNP-TV-Z]{25}/, ABSENT) },
      ]),
    );
  });
  after(() => opened.close());

  const place = (what: string) => places.get(what) ?? expect.fail(`nothing is called ${what}`);

  for (const { what, cells } of rowsOf(SEEING)) {
    it(`${what}: is shown to whom the table says, and absent for the others as if it had never been`, async () => {
      const { path, absent } = place(what);
      const found: Record<string, string> = {};
      for (const [column, cell] of cells) {
        const caller = cases.as(WHO[column] as Name);
        const answer = await caller.get(path);
        found[column] = seen(answer);
        if (cell === '-') expect(withoutInstance(answer)).to.deep.equal(withoutInstance(await caller.get(absent)));
      }
      expect(found).to.deep.equal(Object.fromEntries(cells));
    });
  }

  for (const { what, cells } of rowsOf(DOING)) {
    it(`${what}: is done by whom the table says, forbidden to those who know of it, absent for the others`, async () => {
      const [thing = '', command = ''] = what.split(' ');
      const { path, absent } = place(thing);
      const found: Record<string, string> = {};
      for (const [column, cell] of cells) {
        const send = (to: string, etag: string) =>
          cases.as(WHO[column] as Name).post(`${to}/commands/${command}`, BODIES[what] ?? {}, { 'if-match': etag });
        // Whoever may is stopped by the version only; everybody else is refused on the right one.
        const stale = await send(path, '"999999"');
        const current = stale.body.currentEtag as string | undefined;
        const answer = cell === 'may' || current === undefined ? stale : await send(path, current);
        found[column] = done(answer);
        if (cell === '-')
          expect(withoutInstance(answer)).to.deep.equal(withoutInstance(await send(absent, '"999999"')));
      }
      expect(found).to.deep.equal(Object.fromEntries(cells));
    });
  }

  it('allowedCommands says of applications and grants what the table says', async () => {
    for (const { what, cells } of rowsOf(DOING)) {
      const [thing = '', command = ''] = what.split(' ');
      if (!['draft', 'submitted', 'authority', 'grant'].includes(thing)) continue;
      for (const [column, cell] of cells) {
        const { status, body } = await cases.as(WHO[column] as Name).get(place(thing).path);
        if (status === 200)
          expect(body.allowedCommands.includes(command), `${what}, ${column}`).to.equal(cell === 'may');
      }
    }
  });

  /** Everything the guard lets through is a line of the policy; what is no line is refused. */
  describe('the guard', () => {
    const model = readFileSync(join(inProject('policies'), 'routes.model.conf'), 'utf8');
    const policy = readFileSync(join(inProject('policies'), 'routes.csv'), 'utf8');
    const lines = policy.split('\n').filter((line) => line.startsWith('p,'));
    const load = (text: string) =>
      RouteGuard.load({ model, policy: text, permissions: opened.app.routes.map(({ permission }) => permission) });

    it('answers every operation for every role as /api/me says: 401 or 403 without the permission, else not', async () => {
      const wrong: string[] = [];
      for (const name of NAMES) {
        const caller = cases.as(name);
        const known = name === 'anonymous' ? [] : ((await caller.get('/api/me')).body.permissions as string[]);
        const permissions = new Set([...known, ...everyone(lines)]);
        for (const { method, path, permission } of opened.app.routes) {
          // An unknown parameter and an unknown field: whoever is let in goes no further.
          const place = `${path.replaceAll(/:\w+/g, ABSENT)}?noSuchParameter=1`;
          const answer = await caller.send(method.toUpperCase(), place, method === 'get' ? undefined : { none: 1 });
          const refused = ['sign-in-required', 'forbidden'].includes(answer.body?.code);
          if (refused === permissions.has(permission)) wrong.push(`${name}: ${method} ${path}: ${answer.status}`);
        }
      }
      expect(wrong).to.deep.equal([]);
    });

    it('lets nobody through when their line is taken away: each line is what permits', async () => {
      for (const line of lines) {
        const [, role = '', kind = '', permission = ''] = line.split(',').map((cell) => cell.trim());
        const caller = somebody(role, kind);
        expect((await load(policy)).permits(caller, permission), line).to.equal(true);
        const others = lines.filter((one) => one !== line && one.endsWith(`, ${permission}`));
        const without = await load(
          policy
            .split('\n')
            .filter((one) => one !== line && !others.includes(one))
            .join('\n'),
        );
        expect(without.permits(caller, permission), `without ${line}`).to.equal(false);
      }
    });
  });
});

const REASON = { reason: 'A test.' };
const BODIES: Readonly<Record<string, object>> = {
  'authority remark': { text: 'Noted.' },
  'grant suspend': REASON,
  'evidence strike-out': REASON,
  'violation reply': { text: 'A mistake.' },
  'violation dismiss': REASON,
  'measure lift': REASON,
  'demand answer': { outcome: 'planned', text: 'In spring.' },
  'complaint rule': { outcome: 'resume', text: 'It is not in it.' },
  'grant revoke': REASON,
  'grant relinquish': REASON,
  'listed suspend': REASON,
  'listed withdraw': REASON,
  'person switch-off': REASON,
  'agreement revise': { text: { en: 'Other words.' } },
};

const seen = ({ status, body }: Answer): string => {
  if (status === 200) return body.redacted === true ? 'redacted' : 'see';
  return status === 404 ? '-' : status === 401 ? 'in' : status === 403 ? 'no' : `${status} ${body?.code}`;
};

const done = ({ status, body }: Answer): string =>
  status === 412 ? 'may' : status === 409 && body.code === 'wrong-state' ? 'no' : seen({ status, body } as Answer);

const everyone = (lines: readonly string[]): string[] =>
  lines.filter((line) => line.startsWith('p, everyone,')).map((line) => line.split(',').at(-1)?.trim() ?? '');

/** Somebody of this role; of the groups a plain member. */
function somebody(role: string, kind: string): Pick<Principal, 'kind' | 'roles' | 'organisation'> {
  if (role === 'everyone') return { kind: 'anonymous', roles: [], organisation: null };
  if (role === 'machine') return { kind: 'machine', roles: [], organisation: null };
  const roles = role === 'signed-in' ? [] : role === 'staff' ? ['reviewer'] : [role];
  const of = kind === '*' ? 'enterprise' : kind;
  return {
    kind: 'person',
    roles: roles as Role[],
    organisation: { id: ABSENT, name: 'x', creditCode: '', kind: of as 'enterprise' },
  };
}

/** One thing of each kind, made or found over HTTP by those who own it. */
async function planted(cases: Cases): Promise<Record<string, string>> {
  const get = async (name: Name, path: string) => fine(await cases.as(name).get(path)).body;
  const [first, second, third] = cases.datasets as [string, string, string];
  const steward = cases.as('steward-transport');
  const handler = await get('enterprise-a-handler', '/api/me');
  const transport = (await get('steward-transport', '/api/me')).organisation.id as string;
  const draft = await cases.draft();
  const submitted = await cases.at('submitted');
  const authority = await cases.at('authority');
  const grant = await cases.granted(second);
  const violation = fine(
    await cases.as('supervisor').post('/api/violations', {
      grant: (await cases.granted(third)).split('/').at(-1),
      kind: 'beyond-scenario',
      description: 'Shown elsewhere',
    }),
  ).body;
  const demand = fine(
    await cases.as('enterprise-a-handler').post('/api/demands', {
      holder: transport,
      title: 'Noise by street',
      description: 'For a map',
    }),
  ).body;
  const complaint = fine(
    await cases.as('enterprise-a-handler').post('/api/objections', {
      about: 'rights',
      dataset: cases.datasets[3],
      right: 'trade-secret',
      reason: 'Ours',
    }),
  ).body;
  const paper = { kind: 'mlps-filing', issuer: 'Bureau', reference: 'No. 1' };
  const evidence = fine(await cases.as('enterprise-a-handler').post('/api/evidence', paper)).body;
  const made = fine(await steward.post('/api/datasets', { identifier: 'matrix-1', title: { en: 'A draft' } })).body;
  const asked = fine(
    await cases.as('portal').post('/access/v1/evaluation', {
      subject: { type: 'organisation', id: handler.organisation.id },
      resource: { type: 'dataset', id: second },
      action: { name: 'download' },
    }),
  ).body;
  const run = fine(
    await steward.post('/api/catalogue/imports?format=data-json&source=matrix', {
      conformsTo: 'https://project-open-data.cio.gov/v1.1/schema',
      dataset: [],
    }),
  ).body;
  const restricted = async (name: Name): Promise<{ id: string; publisher: { id: string } }[]> =>
    (await get(name, `/api/datasets?tier=restricted&publisher=${transport}&limit=100`)).items;
  const shown = new Set((await restricted('anonymous')).map(({ id }) => id));
  const hidden = (await restricted('steward-transport')).find(({ id }) => !shown.has(id) && id !== made.id);
  const assessment = (await get('steward-transport', '/api/assessments?limit=1')).items[0].id;
  const agreement = (await get('anonymous', '/api/agreements')).items[0].template;
  const portal = (await get('admin', '/api/portals')).items[0].id;
  return {
    'draft of A': draft,
    draft,
    submitted,
    'at the authority': authority,
    authority,
    'grant of A': grant,
    grant,
    'violation of A': `/api/violations/${violation.id}`,
    violation: `/api/violations/${violation.id}`,
    'measure on A': `/api/sanctions/${violation.sanctions[0].id}`,
    measure: `/api/sanctions/${violation.sanctions[0].id}`,
    'demand of A': `/api/demands/${demand.id}`,
    demand: `/api/demands/${demand.id}`,
    'complaint of A': `/api/complaints/${complaint.id}`,
    complaint: `/api/complaints/${complaint.id}`,
    'evidence of A': `/api/evidence/${evidence.id}`,
    evidence: `/api/evidence/${evidence.id}`,
    'the desk': '/api/supervision',
    'draft dataset': `/api/datasets/${made.id}`,
    dataset: `/api/datasets/${made.id}`,
    'hidden dataset': `/api/datasets/${hidden?.id}`,
    'listed dataset': `/api/datasets/${first}`,
    listed: `/api/datasets/${first}`,
    'decision on A': `/api/decisions/${asked.context.evaluationId}`,
    'assessment of T': `/api/assessments/${assessment}`,
    assessment: `/api/assessments/${assessment}`,
    'import of T': `/api/catalogue/imports/${run.id}`,
    'enterprise A': `/api/organisations/${handler.organisation.id}`,
    'handler of A': `/api/people/${handler.subject.id}`,
    person: `/api/people/${handler.subject.id}`,
    posts: '/api/posts',
    portals: '/api/portals',
    portal: `/api/portals/${portal}`,
    'the log': '/api/audit/entries',
    'rule packs': '/api/rule-packs',
    agreements: '/api/agreements',
    agreement: `/api/agreements/${agreement}`,
  };
}
