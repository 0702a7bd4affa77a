import type { ApplicationCommand, Applications } from '../src/applications/index.js';
import type { DatasetRecord } from '../src/catalogue/index.js';
import type { Id } from '../src/kernel/ids.js';
import type { Principal } from '../src/kernel/principal.js';
import type { Result } from '../src/kernel/result.js';
import { dayOf, type Instant } from '../src/kernel/time.js';
import type { Reader, UnitOfWork } from '../src/persistence/index.js';
import { ORGANISATIONS } from './organisations.js';
import { PEOPLE, POSTS } from './people.js';
import { type PlannedStep, plannedSteps } from './stories.js';

/** Through which doors stories are told, and how the clock is turned back for them. */
export interface StoryDoors {
  readonly unit: UnitOfWork;
  readonly applications: Pick<Applications, 'service' | 'workflow'>;
  currentAgreement(reader: Reader, template: Id): Promise<{ readonly version: number; readonly hash: string } | null>;
  setTime(at: Instant): void;
}

/** The demo person as a caller of the services. */
export function principalOf(username: string): Principal {
  const person = PEOPLE.find((one) => one.username === username);
  const organisation = ORGANISATIONS.find(({ id }) => id === person?.organisation);
  if (person === undefined || organisation === undefined) throw new Error(`nobody is called ${username}`);
  const { id, name, creditCode, kind } = organisation;
  return {
    kind: 'person',
    id: person.id,
    name: person.name,
    organisation: { id, name: name.zh, creditCode: creditCode ?? '', kind },
    roles: POSTS.filter((post) => post.holder === person.id).map((post) => post.role),
  };
}

/** Plays the stories through the real services, each step at its own time. */
export class StoryTeller {
  /** What came of each story's first step. */
  private readonly applications = new Map<string, { readonly id: Id; readonly agreementTemplate: Id | null }>();

  constructor(private readonly doors: StoryDoors) {}

  async tell(datasets: readonly DatasetRecord[], now: Instant): Promise<number> {
    const offersSharing = this.doors.applications.workflow.source.sharing !== undefined;
    for (const step of plannedSteps(datasets, dayOf(now))) {
      if (step.at >= now || (step.kind === 'sharing' && !offersSharing)) continue;
      this.doors.setTime(step.at);
      const outcome = await this.play(step);
      if (!outcome.ok) throw new Error(`story ${step.story}, ${step.act.name}: ${JSON.stringify(outcome.error)}`);
    }
    return this.applications.size;
  }

  private async play({ story, by, act, request, kind }: PlannedStep): Promise<Result<unknown>> {
    const { unit, applications } = this.doors;
    const principal = principalOf(by);
    if (act.name === 'create') {
      const made = await unit.run((tx) => applications.service.create(tx, principal, request, kind));
      if (made.ok) this.applications.set(story, made.value.stored.application);
      return made;
    }
    const begun = this.applications.get(story);
    if (begun === undefined) throw new Error(`story ${story} has no beginning`);
    const given = { principal, ifMatch: null };
    const command = await this.commandOf(begun.agreementTemplate, act, request);
    return unit.run((tx) => applications.service.command(tx, given, begun.id, command));
  }

  private async commandOf(
    template: Id | null,
    act: Exclude<PlannedStep['act'], { name: 'create' }>,
    request: PlannedStep['request'],
  ): Promise<ApplicationCommand> {
    if (act.name === 'approve-some') {
      const [first] = request.datasets;
      const datasets = first === undefined ? [] : [{ dataset: first.dataset, quota: act.quota }];
      return { name: 'approve', body: { datasets, reason: '仅批准与用途直接相关的数据集，并限定调用次数。' } };
    }
    return act.name === 'sign' ? { name: 'accept-agreement', body: await this.agreementOf(template) } : act;
  }

  private async agreementOf(template: Id | null): Promise<{ version: number; hash: string }> {
    const current =
      template === null ? null : await this.doors.unit.read((reader) => this.doors.currentAgreement(reader, template));
    if (current === null) throw new Error('nothing to sign');
    return { version: current.version, hash: current.hash };
  }
}
