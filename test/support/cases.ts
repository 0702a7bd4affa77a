import { type Answer, Caller } from './caller.js';

/** The accounts of the demo, by username. */
export const PERSONS = [
  'enterprise-a-handler',
  'enterprise-a-signatory',
  'enterprise-b-handler',
  'enterprise-b-signatory',
  'studio',
  'citizen',
  'steward-transport',
  'steward-health',
  'reviewer-transport',
  'reviewer-health',
  'handler-health',
  'signatory-health',
  'officer',
  'officer-2',
  'approver',
  'approver-deputy',
  'supervisor',
  'auditor',
  'admin',
  'admin-2',
] as const;
export type Person = (typeof PERSONS)[number];
export type Name = Person | 'portal' | 'anonymous';
export const NAMES: readonly Name[] = ['anonymous', 'portal', ...PERSONS];

/** The answer, where it succeeded; else the test ends with what was answered. */
export function fine(answer: Answer): Answer {
  if (answer.status >= 300) throw new Error(`${answer.status} ${answer.text}`);
  return answer;
}

export type Stage = 'draft' | 'submitted' | 'holder' | 'claimed' | 'authority' | 'approved' | 'refused' | 'concluded';
const WAY: readonly Stage[] = ['draft', 'submitted', 'holder', 'claimed', 'authority', 'approved', 'concluded'];

/** Enterprise A's cases with the transport body, walked over HTTP by the people of the seeded demo. */
export class Cases {
  private constructor(
    private readonly callers: ReadonlyMap<Name, Caller>,
    /** Conditional datasets of the transport body that ask for no proof and can be downloaded. */
    readonly datasets: readonly string[],
  ) {}

  static async open(address: string): Promise<Cases> {
    const callers = new Map<Name, Caller>([
      ['anonymous', Caller.anonymous(address)],
      ['portal', await Caller.portal(address)],
    ]);
    for (const person of PERSONS) callers.set(person, await Caller.person(address, person));
    const bare = new Cases(callers, []);
    return new Cases(callers, await bare.plainDatasets());
  }

  as(name: Name): Caller {
    return this.callers.get(name) as Caller;
  }

  async draft(more: object = {}): Promise<string> {
    const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    const created = await this.as('enterprise-a-handler').post('/api/applications', {
      datasets: [{ dataset: this.datasets[0] }],
      purpose: { category: 'research', scenario: 'Travel times for planning' },
      delivery: 'download',
      period: { from: today, to: `${Number(today.slice(0, 4)) + 1}-06-30` },
      securityPlan: 'Encrypted, two named persons.',
      ...more,
    });
    return `/api/applications/${fine(created).body.id}`;
  }

  /** A case walked to this stage, and where it is. */
  async at(stage: Stage, more: object = {}): Promise<string> {
    const path = await this.draft(more);
    const way = stage === 'refused' ? WAY.slice(1, 5) : WAY.slice(1, WAY.indexOf(stage) + 1);
    for (const step of way) await this.step(path, step);
    if (stage === 'refused')
      await this.give('approver', path, 'refuse', { reasons: [{ code: 'other', text: 'Not this year.' }] });
    return path;
  }

  /** Walks a case to its grant, and says where that is. */
  async granted(dataset = this.datasets[0]): Promise<string> {
    const path = await this.at('concluded', { datasets: [{ dataset }] });
    return `/api/grants/${(await this.as('enterprise-a-handler').get(path)).body.grants[0].id}`;
  }

  /** A command that must succeed. */
  async give(name: Name, path: string, command: string, body: object = {}): Promise<Answer> {
    return fine(await this.as(name).command(path, command, body));
  }

  private async step(path: string, stage: Stage): Promise<void> {
    if (stage === 'submitted') await this.give('enterprise-a-handler', path, 'submit');
    if (stage === 'holder') await this.give('reviewer-transport', path, 'accept');
    if (stage === 'claimed') await this.give('reviewer-transport', path, 'claim');
    if (stage === 'authority')
      await this.give('reviewer-transport', path, 'advise', { recommendation: 'approve', remark: 'Fits.' });
    if (stage === 'approved') await this.give('approver', path, 'approve', { reason: 'Met' });
    if (stage !== 'concluded') return;
    const { version, hash } = (await this.as('enterprise-a-signatory').get(path)).body.agreement;
    await this.give('enterprise-a-signatory', path, 'accept-agreement', { version, hash });
  }

  private async plainDatasets(): Promise<string[]> {
    const handler = this.as('enterprise-a-handler');
    const holder = (await this.as('reviewer-transport').get('/api/me')).body.organisation.id as string;
    const { items } = (await handler.get('/api/datasets?tier=conditional&field=transport&limit=100')).body;
    const found: string[] = [];
    for (const { id } of items as { id: string }[]) {
      const { body } = await handler.get(`/api/datasets/${id}`);
      const plain = (body.conditions as { evidenceRequired: boolean }[]).every(
        ({ evidenceRequired }) => !evidenceRequired,
      );
      if (body.publisher.id === holder && body.deliveryKinds.includes('download') && plain) found.push(id);
    }
    return found;
  }
}
