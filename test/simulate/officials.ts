import { addDays, type Day } from '../../src/kernel/time.js';
import { fine } from '../support/cases.js';
import type { City, Holder } from './city.js';
import type { Listed, Resident } from './resident.js';

/** Cases somebody gets through in a sitting. */
const SITTING = 12;
const REASONS = ['purpose-not-covered', 'security-insufficient', 'conditions-not-met', 'other'] as const;

const waiting = (who: Resident): Promise<readonly Listed[]> =>
  who.listed(`/api/applications?queue=mine&limit=${SITTING}`);

/** A holder's reviewer: takes up what waits, asks, consults, advises; some are seldom there. */
export async function reviewerDay(city: City, holder: Holder, day: Day): Promise<void> {
  const { reviewer, presence } = holder;
  if (!city.random.chance(presence)) return;
  for (const { id } of await waiting(reviewer)) {
    city.pause();
    await review(city, reviewer, `/api/applications/${id}`);
  }
  await answerDemands(city, holder);
  await answerObjections(city, holder, day);
}

async function answerDemands({ random }: City, { organisation, reviewer }: Holder): Promise<void> {
  for (const { id } of await reviewer.listed(`/api/demands?state=waiting&holder=${organisation}&limit=5`)) {
    const text = '已列入研究。';
    const answer = random.chance(0.5)
      ? { outcome: 'planned', text }
      : { outcome: 'refused', reason: random.pick(['not-held', 'personal-information', 'not-digital']), text };
    await reviewer.give(`/api/demands/${id}`, 'answer', answer);
  }
}

async function answerObjections({ random }: City, { organisation, reviewer }: Holder, day: Day): Promise<void> {
  for (const { id } of await reviewer.listed(`/api/complaints?about=quality&holder=${organisation}&limit=10`)) {
    const path = `/api/complaints/${id}`;
    const { allowedCommands } = fine(await reviewer.get(path)).body;
    if (!allowedCommands.includes('answer') || !random.chance(0.6)) continue;
    const answer = random.chance(0.6) ? { outcome: 'mended', mendedOn: day } : { outcome: 'not-accepted' };
    await reviewer.give(path, 'answer', { ...answer, text: '已核对。' });
  }
}

async function review(city: City, reviewer: Resident, path: string): Promise<void> {
  const { random } = city;
  const allowed = async (): Promise<readonly string[]> => fine(await reviewer.get(path)).body.allowedCommands;
  let may = await allowed();
  if (may.includes('request-correction') && may.includes('accept') && random.chance(0.12))
    return void (await reviewer.give(path, 'request-correction', { defects: [{ text: '请说明数据保管人。' }] }));
  if (may.includes('accept')) {
    await reviewer.give(path, 'accept');
    may = await allowed();
  }
  if (may.includes('record-consultation') && random.chance(0.4))
    return void (await reviewer.give(path, 'record-consultation', { view: '无异议。' }));
  if (may.includes('claim')) {
    await reviewer.give(path, 'claim');
    may = await allowed();
  }
  if (may.includes('ask') && random.chance(0.1))
    return void (await reviewer.give(path, 'ask', { text: '由谁管理数据？' }));
  if (may.includes('consult') && random.chance(0.04))
    return void (await reviewer.give(path, 'consult', { with: '数据来源单位', question: '是否有异议？' }));
  // People read what they advise on; some days go by.
  if (!may.includes('advise') || !random.chance(0.4)) return;
  const recommendation = random.chance(0.85) ? 'approve' : random.pick(['approve-in-part', 'refuse']);
  await reviewer.give(path, 'advise', { recommendation, remark: '用途与条件相符情况已核对。' });
}

/**
 * The authority's approver rules, in whole or in part, then the deputy on what is left: reviews of the approver's refusals,
 * and the cases that these reopened, go to whoever had no hand in the refusal.
 */
export async function approverDay(city: City): Promise<void> {
  const { approver, 'approver-deputy': deputy } = city.officials;
  for (const official of [approver, deputy])
    for (let sitting = 0; sitting < 3; sitting += 1) {
      const cases = await waiting(official);
      for (const { id, state } of cases) {
        city.pause();
        await (state === 'refused' ? decideReview : rule)(city, official, `/api/applications/${id}`);
      }
      if (cases.length < SITTING) break;
    }
}

async function decideReview({ random }: City, official: Resident, path: string): Promise<void> {
  if (!fine(await official.get(path)).body.allowedCommands.includes('decide-appeal')) return;
  const outcome = random.chance(0.35) ? 'reopened' : 'upheld';
  await official.give(path, 'decide-appeal', { outcome, reason: '经复核。' });
}

async function rule(city: City, official: Resident, path: string): Promise<void> {
  const { random } = city;
  let { allowedCommands: may, datasets, period } = fine(await official.get(path)).body;
  if (may.includes('claim')) {
    await official.give(path, 'claim');
    ({ allowedCommands: may, datasets, period } = fine(await official.get(path)).body);
  }
  if (random.chance(0.4)) return;
  if (random.chance(0.13) && may.includes('refuse'))
    return void (await official.give(path, 'refuse', {
      reasons: [{ code: random.pick(REASONS), text: '不符合开放条件。' }],
    }));
  if (!may.includes('approve')) return;
  const narrower = random.chance(0.1) ? { datasets: narrowed(datasets, period) } : {};
  // Where one of several datasets rests on evidence that nobody has verified yet, the case waits for that.
  await official.give(path, 'approve', { ...narrower, reason: '符合条件。' }, 'evidence-unverified');
}

const narrowed = (datasets: readonly Listed[], { from, to }: Listed): readonly object[] =>
  datasets.map(({ dataset }) => ({ dataset: dataset.id ?? dataset, period: { from, to: half(from, to) }, quota: 100 }));
const half = (from: Day, to: Day): Day =>
  addDays(from, Math.max(1, Math.floor((Date.parse(to) - Date.parse(from)) / 86_400_000 / 2)));

/** Verifies what organisations have filed; one in thirty does not hold. */
export async function officerDay(city: City): Promise<void> {
  const { officer } = city.officials;
  for (const { id } of await officer.listed('/api/evidence?state=filed&limit=50')) {
    const path = `/api/evidence/${id}`;
    city.pause();
    if (city.random.chance(0.03)) await officer.give(path, 'reject', { reason: '证明文件编号查无。' });
    else await officer.give(path, 'verify');
  }
}

/** Looks at grants in use once in a while, and rules on what was reported when its hearing is over. */
export async function supervisorDay(city: City, day: Day): Promise<void> {
  const { supervisor } = city.officials;
  const { random } = city;
  if (random.chance(0.15)) {
    const grants = await supervisor.listed('/api/grants?state=active&limit=100');
    if (grants.length > 0) {
      const kind = random.pick(['beyond-scenario', 'missed-report', 'platform-rules', 'transfer-to-third-party']);
      fine(
        await supervisor.post('/api/violations', { grant: random.pick(grants).id, kind, description: '抽查发现。' }),
      );
    }
  }
  for (const { id, hearingUntil, state } of await supervisor.listed('/api/violations?limit=30')) {
    if (state !== 'reported' && state !== 'heard') continue;
    if (hearingUntil >= day) continue;
    const path = `/api/violations/${id}`;
    const { allowedCommands, ladder } = fine(await supervisor.get(path)).body;
    city.pause();
    if (allowedCommands.includes('dismiss') && random.chance(0.3))
      await supervisor.give(path, 'dismiss', { reason: '未查实。' });
    else if (allowedCommands.includes('impose'))
      await supervisor.give(path, 'impose', { ...measureOn(city, ladder, day), reason: '按处置阶梯。' });
  }
}

/** A step the ladder allows, the lower ones more often. */
function measureOn({ random }: City, { steps }: Listed, day: Day): object {
  const step = random.chance(0.7) ? steps[0] : random.pick(steps);
  if (step === 'warning') return { step, cureBy: addDays(day, 20) };
  if (step === 'limit') return { step, quota: 10, until: addDays(day, 60) };
  return step === 'suspend' || step === 'restrict' ? { step, until: addDays(day, 30) } : { step };
}
