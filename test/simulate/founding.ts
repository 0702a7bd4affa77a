import { seedCreditCode } from '../../seeds/identifiers.js';
import type { Stream } from '../../seeds/random.js';
import { fine } from '../support/cases.js';
import type { Listed, Resident } from './resident.js';

/** Datasets that a body founded here brings into the catalogue. */
const SHELF = 6;

/** A body beside the demo's, as an administrator founds one. */
export async function newBody(admin: Resident, n: number): Promise<string> {
  const made = await admin.post('/api/organisations', {
    name: { zh: `模拟单位${n}号`, en: `Simulated body ${n}` },
    kind: 'public-body',
    creditCode: seedCreditCode('11', `simulated body ${n}`),
  });
  return fine(made).body.id;
}

/** Its steward writes what others publish on conditions, each after one of theirs; an officer confirms every tier. */
export async function fillShelf(steward: Resident, officer: Resident, random: Stream, n: number): Promise<void> {
  const patterns = await officer.listed('/api/datasets?tier=conditional&limit=100');
  for (let k = 0; k < SHELF; k += 1) {
    const pattern = fine(await officer.get(`/api/datasets/${random.pick(patterns).id}`)).body;
    const { id } = fine(await steward.post('/api/datasets', writtenAfter(pattern, `simulated-${n}-${k}`))).body;
    fine(await steward.give(`/api/datasets/${id}`, 'list'));
    for (const assessment of await officer.listed(`/api/assessments?state=proposed&dataset=${id}`))
      fine(await officer.give(`/api/assessments/${assessment.id}`, 'confirm'));
  }
}

const writtenAfter = (pattern: Listed, identifier: string): object => ({
  identifier,
  title: pattern.title,
  abstract: pattern.abstract,
  keywords: pattern.keywords,
  field: pattern.field,
  declaredTier: 'conditional',
  items: pattern.items.map(({ name, title, type }: Listed) => ({ name, title, type })),
  deliveryKinds: pattern.deliveryKinds,
  conditions: pattern.conditions.map(({ kind, text: zh, evidenceRequired }: Listed) => ({
    kind,
    text: { zh },
    evidenceRequired,
  })),
  agreementTemplate: pattern.agreement?.template ?? null,
  updateFrequency: pattern.updateFrequency,
});
