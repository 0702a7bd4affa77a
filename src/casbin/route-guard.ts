import { type Enforcer, newEnforcer, newModelFromString, StringAdapter } from 'casbin';
import type { Principal } from '../kernel/principal.js';
import { isRole, type PolicyFault, routePolicyFaults } from './route-policy.js';

/** The route policy does not load: the start is refused with every fault at once. */
export class RoutePolicyRefused extends Error {
  constructor(readonly faults: readonly PolicyFault[]) {
    super(`route policy refused: ${faults.map(({ line, fault }) => `line ${line}: ${fault}`).join('; ')}`);
  }
}

/** Who asks, as far as the guard looks: their roles within one organisation. */
export type Guarded = Pick<Principal, 'kind' | 'roles' | 'organisation'>;

export interface RouteGuardSources {
  /** Text of `policies/routes.model.conf`. */
  readonly model: string;
  /** Text of `policies/routes.csv`. */
  readonly policy: string;
  /** Every permission that a registered route names. */
  readonly permissions: Iterable<string>;
  /** Told when Casbin fails to answer; the answer is then a denial. */
  readonly onError?: (error: unknown) => void;
}

/**
 * Guards the API's routes with Casbin. Denies unless a policy line allows, and on every error. Answers are remembered
 * per set of roles and kind of organisation, which is exact: the model reads nothing else. The remembered sets are
 * bounded by the number of role sets times the kinds of organisation.
 */
export class RouteGuard {
  private readonly memo = new Map<string, Map<string, boolean>>();

  private constructor(
    private readonly enforcer: Pick<Enforcer, 'enforceSync'>,
    private readonly permissions: ReadonlySet<string>,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** Checks and loads the policy once. @throws RoutePolicyRefused */
  static async load(sources: RouteGuardSources): Promise<RouteGuard> {
    const permissions = new Set(sources.permissions);
    const faults = routePolicyFaults(sources.policy, permissions);
    if (faults.length > 0) throw new RoutePolicyRefused(faults);
    const enforcer = await newEnforcer(newModelFromString(sources.model), new StringAdapter(sources.policy));
    return new RouteGuard(enforcer, permissions, sources.onError ?? (() => {}));
  }

  /** Whether this caller may use a route that names `permission`. */
  permits(caller: Guarded, permission: string): boolean {
    const roles = rolesOf(caller);
    const kind = caller.organisation?.kind ?? 'none';
    const known = this.answersOf(`${kind}:${roles.join('+')}`);
    const remembered = known.get(permission);
    if (remembered !== undefined) return remembered;
    const answer = this.ask(roles, kind, permission);
    if (answer !== undefined && this.permissions.has(permission)) known.set(permission, answer);
    return answer ?? false;
  }

  /** Every permission of this caller, sorted: what `GET /api/me` shows. */
  permissionsOf(caller: Guarded): readonly string[] {
    return [...this.permissions].filter((permission) => this.permits(caller, permission)).sort();
  }

  private answersOf(key: string): Map<string, boolean> {
    const known = this.memo.get(key) ?? new Map<string, boolean>();
    this.memo.set(key, known);
    return known;
  }

  /** `undefined` when Casbin failed: denied now, asked again next time. */
  private ask(roles: readonly string[], kind: string, permission: string): boolean | undefined {
    if (!this.permissions.has(permission)) return false;
    try {
      return roles.some((role) => this.enforcer.enforceSync(role, kind, permission) === true);
    } catch (error) {
      this.onError(error);
      return undefined;
    }
  }
}

/** A caller who did not sign in counts as `anonymous`, a machine with a key of a grant as `machine`, one without a post as `signed-in`; unknown roles count for nothing. */
function rolesOf(caller: Guarded): readonly string[] {
  if (caller.kind === 'anonymous' || caller.kind === 'machine') return [caller.kind];
  return ['signed-in', ...new Set(caller.roles.filter(isRole))].sort();
}
