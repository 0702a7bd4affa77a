import type { Id } from '../../kernel/ids.js';
import type { OrganisationKind } from '../../kernel/principal.js';
import { type Refusal, refusal } from '../../kernel/refusal.js';
import type { Role } from '../../kernel/roles.js';

/** A post carries one role in one organisation; its deputy may act whenever the holder may. */
export interface Post {
  readonly id: Id<'post'>;
  readonly organisation: Id<'organisation'>;
  readonly role: Role;
  readonly holder: Id<'person'>;
  readonly deputy: Id<'person'> | null;
  readonly state: 'active' | 'ended';
  readonly version: number;
}

/** Someone who may act in a role; `deputyOf` names the holder they stand in for. */
export interface Eligible {
  readonly person: Id<'person'>;
  readonly deputyOf?: Id<'person'>;
}

/** Who may act in which role of an organisation. */
export interface Seats {
  readonly id: Id;
  readonly roles: ReadonlyMap<Role, readonly Eligible[]>;
}

type PostRole = Exclude<Role, 'portal'>;

/** Which kinds of organisation have posts of a role. `portal` is the role of machines, never of a post. */
const FITS: Readonly<Record<PostRole, readonly OrganisationKind[]>> = {
  handler: ['enterprise', 'unincorporated', 'public-body'],
  signatory: ['enterprise', 'unincorporated', 'public-body'],
  citizen: ['person'],
  steward: ['public-body', 'authority', 'centre'],
  reviewer: ['public-body', 'authority', 'centre'],
  officer: ['public-body', 'authority', 'centre'],
  approver: ['public-body', 'authority'],
  supervisor: ['authority', 'centre'],
  auditor: ['authority', 'centre'],
  admin: ['authority', 'centre'],
};

/**
 * Roles nobody may hold together: who runs the platform rules on nothing and applies for nothing; who audits does
 * nothing else; who proposes a tier does not confirm it.
 */
const APART: readonly (readonly [Role, readonly Role[]])[] = [
  ['admin', ['handler', 'signatory', 'citizen', 'steward', 'officer', 'reviewer', 'approver', 'supervisor', 'auditor']],
  ['auditor', ['handler', 'signatory', 'citizen', 'steward', 'officer', 'reviewer', 'approver', 'supervisor']],
  ['steward', ['officer']],
];

export const isPostRole = (role: Role): role is PostRole => role in FITS;

export function roleFits(role: Role, kind: OrganisationKind): boolean {
  return isPostRole(role) && FITS[role].includes(kind);
}

/** In an enterprise the one who applies is not the one who signs; who answers for an unincorporated organisation may do both. */
const APART_IN_ENTERPRISES: typeof APART = [['handler', ['signatory']]];

export const areApart = (a: Role, b: Role, kind?: OrganisationKind): boolean =>
  [...APART, ...(kind === 'enterprise' ? APART_IN_ENTERPRISES : [])].some(
    ([one, others]) => (one === a && others.includes(b)) || (one === b && others.includes(a)),
  );

/** A person as the rules of a post look at them. */
export interface Candidate {
  readonly id: Id<'person'>;
  readonly organisation: Id<'organisation'>;
  readonly state: 'active' | 'off';
  /** Roles they have by other active posts, also as deputy. */
  readonly otherRoles: readonly Role[];
}

/** The first rule a post breaks, or `null`. */
export function postFault(
  post: Pick<Post, 'role' | 'organisation'>,
  organisation: { readonly kind: OrganisationKind },
  holder: Candidate,
  deputy: Candidate | null,
): Refusal | null {
  if (!roleFits(post.role, organisation.kind)) {
    return refusal('role-unfit', `A ${post.role} has no post in an organisation of kind ${organisation.kind}.`);
  }
  const holderFault = candidateFault(post, organisation.kind, holder, '/holder');
  if (holderFault !== null || deputy === null) return holderFault;
  if (deputy.id === holder.id) return unfit('/deputy', 'same-person', 'The deputy is someone else than the holder.');
  return candidateFault(post, organisation.kind, deputy, '/deputy');
}

function candidateFault(
  post: Pick<Post, 'role' | 'organisation'>,
  kind: OrganisationKind,
  candidate: Candidate,
  pointer: string,
): Refusal | null {
  if (candidate.state !== 'active') return unfit(pointer, 'switched-off', 'This person is switched off.');
  if (candidate.organisation !== post.organisation) {
    return unfit(pointer, 'other-organisation', 'This person belongs to another organisation.');
  }
  const clash = candidate.otherRoles.find((role) => areApart(role, post.role, kind));
  return clash === undefined
    ? null
    : refusal('roles-apart', `Nobody is ${clash} and ${post.role} at once.`, {
        errors: [{ pointer, code: 'roles-apart', detail: `This person is ${clash} already.` }],
      });
}

const unfit = (pointer: string, code: string, detail: string): Refusal =>
  refusal('person-unfit', undefined, { errors: [{ pointer, code, detail }] });

/** The roles a person has by active posts, as holder or deputy; sorted, each once. */
export function rolesOf(person: Id<'person'>, posts: readonly Post[]): readonly Role[] {
  const own = posts.filter((post) => post.state === 'active' && (post.holder === person || post.deputy === person));
  return [...new Set(own.map((post) => post.role))].sort();
}

/** Who may act by these posts: holders first, then deputies; people who are off are left out. */
export function eligibleBy(posts: readonly Post[], isActive: (person: Id<'person'>) => boolean): readonly Eligible[] {
  const active = posts.filter((post) => post.state === 'active');
  const holders = active.map((post): Eligible => ({ person: post.holder }));
  const deputies = active.flatMap((post): Eligible[] =>
    post.deputy === null ? [] : [{ person: post.deputy, deputyOf: post.holder }],
  );
  const seen = new Set<string>();
  return [...holders, ...deputies].filter(({ person }) => {
    if (seen.has(person) || !isActive(person)) return false;
    seen.add(person);
    return true;
  });
}
