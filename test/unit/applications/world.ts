import type { Application, Stage } from '../../../src/applications/domain/application.js';
import type { BodyOf, Command, CommandName } from '../../../src/applications/domain/commands.js';
import { decide } from '../../../src/applications/domain/decide.js';
import { UNNUMBERED } from '../../../src/applications/domain/decide-applicant.js';
import { type SharedRecord, underSharing } from '../../../src/applications/domain/sharing.js';
import { draftOf } from '../../../src/applications/domain/draft.js';
import type { ApplicationEvent } from '../../../src/applications/domain/events.js';
import { evolve, fold } from '../../../src/applications/domain/evolve.js';
import type {
  Caller,
  DatasetFacts,
  Desk,
  Facts,
  OrganisationFacts,
  Seat,
} from '../../../src/applications/domain/facts.js';
import type { Form } from '../../../src/applications/domain/form.js';
import { timeActs } from '../../../src/applications/domain/let-time-act.js';
import { loadRules } from '../../../src/applications/policy-files.js';
import type { Refusal } from '../../../src/kernel/refusal.js';
import type { Result } from '../../../src/kernel/result.js';
import type { Role } from '../../../src/kernel/roles.js';
import { addDays, dayOf, startOfDay } from '../../../src/kernel/time.js';

export const rules = loadRules('policies');

/** A person of the small world: where they work, in which roles. `also` are further organisations they belong to. */
interface Person {
  readonly organisation: string;
  readonly roles: readonly Role[];
  readonly also?: readonly string[];
  readonly deputyOf?: string;
}

export const PEOPLE = {
  handler: { organisation: 'enterprise', roles: ['handler'] },
  signatory: { organisation: 'enterprise', roles: ['signatory'] },
  rival: { organisation: 'rival', roles: ['handler', 'signatory'] },
  citizen: { organisation: 'citizen-self', roles: ['citizen'] },
  reviewer: { organisation: 'transport', roles: ['reviewer'] },
  'reviewer-2': { organisation: 'transport', roles: ['reviewer'], deputyOf: 'reviewer' },
  'reviewer-of-parent': { organisation: 'transport', roles: ['reviewer'], also: ['parent'] },
  'reviewer-health': { organisation: 'health', roles: ['reviewer'] },
  approver: { organisation: 'authority', roles: ['approver'] },
  deputy: { organisation: 'authority', roles: ['approver'], deputyOf: 'approver' },
  /** Holds a post at the holder and one at the authority: may act at one of the two stages only. */
  'both-stages': { organisation: 'authority', roles: ['approver', 'reviewer'], also: ['transport'] },
  officer: { organisation: 'authority', roles: ['officer'] },
  supervisor: { organisation: 'authority', roles: ['supervisor'] },
  auditor: { organisation: 'authority', roles: ['auditor'] },
  /** A public body that asks another one. */
  'body-handler': { organisation: 'health', roles: ['handler'] },
  'body-signatory': { organisation: 'health', roles: ['signatory'] },
} as const satisfies Record<string, Person>;
export type Name = keyof typeof PEOPLE;
export const NAMES = Object.keys(PEOPLE) as Name[];

const dataset = (id: string, more: Partial<DatasetFacts> = {}): DatasetFacts => ({
  id,
  holder: 'transport',
  state: 'listed',
  tier: 'conditional',
  items: ['road', 'speed', 'hour'].map((name) => ({ name, tier: 'conditional' })),
  deliveryKinds: ['download', 'api'],
  conditions: [{ kind: 'scenario', text: { en: 'Scenario' }, evidenceRequired: false }],
  agreementTemplate: 'template',
  listedWhenRestricted: true,
  ...more,
});

const START = startOfDay('2026-03-02') + 9 * 3_600_000;

/** Organisations, people and datasets around one application, all of it changeable by a test. */
export class World {
  now = START;
  kind: 'sharing' | undefined;
  applicant: OrganisationFacts = { id: 'enterprise', kind: 'enterprise', active: true, parent: 'parent' };
  datasets = new Map([dataset('roads'), dataset('buses')].map((one) => [one.id, one]));
  agreement: Facts['agreement'] = { template: 'template', version: 1, hash: 'h1' };
  similar: Facts['similar'] = [];
  restrictions: Facts['restrictions'] = [];
  unknownAttachments: Facts['unknownAttachments'] = [];
  /** Evidence of the applicant, and what of it counts. */
  evidence: Facts['evidence'] = [];
  proved: Facts['proved'] = new Map();
  /** The grant that the application renews or amends. */
  predecessor: Facts['predecessor'] = null;
  succeeds: Facts['succeeds'] = null;
  /** Published forms; the one marked current is in force for its purpose. */
  forms: Form[] = [];
  /** Posts that are empty now. */
  vacant = new Set<Name>();
  events: ApplicationEvent[] = [];
  state: Application | null = null;

  /** From now on the health body asks the transport body for data; `records`: what the catalogue says of each dataset. */
  betweenBodies(
    records: Readonly<Record<string, Partial<SharedRecord & Pick<DatasetFacts, 'listedWhenRestricted'>>>>,
  ): this {
    this.kind = 'sharing';
    this.applicant = { id: 'health', kind: 'public-body', active: true, parent: null };
    for (const [id, record] of Object.entries(records)) {
      const known = { ...dataset(id), tierStatus: 'confirmed', sharingTier: 'conditional', ...record } as const;
      this.datasets.set(id, underSharing(known, 'template'));
    }
    return this;
  }

  /** What it is decided by. */
  rules = rules;

  put(id: string, more: Partial<DatasetFacts>): void {
    this.datasets.set(id, dataset(id, { ...this.datasets.get(id), ...more }));
  }

  private form(asked: Application['request'] | undefined): Facts['form'] {
    const current = this.forms.find((form) => form.current && form.purpose === asked?.purpose.category);
    const named = this.forms.find(({ id }) => id === asked?.form?.id);
    return { current: current ?? null, named: named ?? null };
  }

  /** What the applicant has handed in, by the type of the file. */
  documents: Readonly<Record<string, string>> = { sealed: 'application/pdf', scan: 'image/png' };

  facts(name: Name, newMember: Facts['newMember'] = null, asked = this.state?.request): Facts {
    const { organisation, roles } = PEOPLE[name];
    const caller: Caller = { kind: 'person', id: name, organisation, roles };
    const { now, applicant, datasets, agreement, similar, restrictions } = this;
    const known = { applicant, datasets, agreement, form: this.form(asked), similar, restrictions };
    return {
      now,
      caller,
      ...known,
      unknownMembers: [],
      unknownAttachments: this.unknownAttachments,
      evidence: this.evidence,
      proved: this.proved,
      predecessor: this.predecessor,
      succeeds: this.succeeds,
      newMember,
      document: null,
      desks: this.desks(),
    };
  }

  draft(name: Name = 'handler', request: Partial<Application['request']> = {}): Result<Application> {
    const today = dayOf(this.now);
    const asked: Application['request'] = {
      datasets: [{ dataset: 'roads', items: [] }],
      purpose: { category: 'research', scenario: 'Travel-time model for logistics planning' },
      delivery: 'download',
      period: { from: today, to: addDays(today, 300) },
      members: [],
      evidence: [],
      ...request,
    };
    const facts = this.facts(name, null, asked);
    const basis = draftOf(asked, facts);
    if (!basis.ok) return basis;
    const data = { applicant: this.applicant.id, ...basis.value, ...(this.kind && { kind: this.kind }) };
    this.apply([{ event: 'application.created', by: name, at: this.now, data }]);
    return { ok: true, value: this.current };
  }

  get current(): Application {
    if (this.state === null) throw new Error('no application yet');
    return this.state;
  }

  send<K extends CommandName>(who: Name, name: K, body: BodyOf<K>): Result<readonly ApplicationEvent[]> {
    const subject = (body as { subject?: string }).subject;
    const newMember = subject?.startsWith('staff-') ? { id: subject, organisation: this.applicant.id } : null;
    const named = (body as { document?: string }).document ?? '';
    const type = this.documents[named];
    const document = type === undefined ? null : { id: named, type };
    const facts = { ...this.facts(who, newMember), document };
    const outcome = decide(this.rules, this.current, { name, body } as unknown as Command, facts);
    if (outcome.ok) this.apply(outcome.value.map((event) => numbered(event)));
    return outcome;
  }

  /** Sends a command that must be accepted. */
  does<K extends CommandName>(who: Name, name: K, body: BodyOf<K>): void {
    const outcome = this.send(who, name, body);
    if (!outcome.ok) throw new Error(`${who} ${name}: ${JSON.stringify(outcome.error)}`);
  }

  /** Sends a command that must be refused, and gives the refusal. */
  fails<K extends CommandName>(who: Name, name: K, body: BodyOf<K>): Refusal {
    const before = this.current;
    const outcome = this.send(who, name, body);
    if (outcome.ok) throw new Error(`${who} ${name} was accepted in ${before.state}`);
    if (this.current !== before) throw new Error('a refusal changed the state');
    return outcome.error;
  }

  private apply(events: readonly ApplicationEvent[]): void {
    for (const event of events) {
      this.events.push(event);
      this.state = evolve('application', this.state, event);
    }
  }

  /** Lets time act as the clock does, and gives what it did. */
  letTimeAct(): readonly ApplicationEvent[] {
    const events = timeActs(this.rules.clock, this.current, this.now);
    this.apply(events);
    return events;
  }

  /** The morning of a day. */
  on(day: string): this {
    this.now = startOfDay(day) + 9 * 3_600_000;
    return this;
  }

  refolded(): Application {
    return fold('application', this.events);
  }

  private seats(role: Role, organisation: string): Seat[] {
    return NAMES.flatMap((name) => {
      const person: Person = PEOPLE[name];
      const own = [person.organisation, ...(person.also ?? [])];
      if (!person.roles.includes(role) || !own.includes(organisation) || this.vacant.has(name)) return [];
      const { deputyOf } = person;
      return [{ person: name, organisations: own, ...(deputyOf === undefined ? {} : { deputyOf }) }];
    });
  }

  private desks(): Record<Stage, Desk> {
    return {
      holder: {
        organisation: 'transport',
        eligible: this.seats('reviewer', 'transport'),
        substituteOrganisation: 'authority',
        substitutes: this.seats('approver', 'authority'),
      },
      authority: {
        organisation: 'authority',
        eligible: this.seats('approver', 'authority'),
        substituteOrganisation: 'authority',
        substitutes: this.seats('officer', 'authority'),
      },
    };
  }
}

const numbered = (event: ApplicationEvent): ApplicationEvent =>
  'number' in event.data && event.data.number === UNNUMBERED
    ? ({ ...event, data: { ...event.data, number: 'TG-2026-000001' } } as ApplicationEvent)
    : event;

/** A world whose application stands where the named step left it. */
export function worldAt(step: 'draft' | 'submitted' | 'holder' | 'authority' | 'approved' | 'concluded'): World {
  const world = new World();
  world.draft();
  const steps: (() => void)[] = [
    () => world.does('handler', 'submit', {}),
    () => world.does('reviewer', 'accept', {}),
    () => {
      world.does('reviewer', 'claim', {});
      world.does('reviewer', 'advise', { recommendation: 'approve', remark: 'fits' });
    },
    () => world.does('approver', 'approve', {}),
    () => world.does('signatory', 'accept-agreement', { version: 1, hash: 'h1' }),
  ];
  const order = ['draft', 'submitted', 'holder', 'authority', 'approved', 'concluded'];
  for (const run of steps.slice(0, order.indexOf(step))) run();
  return world;
}
