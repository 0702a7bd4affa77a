import { addDays, type Day } from '../../src/kernel/time.js';
import { PURPOSES } from '../../src/kernel/purpose.js';
import { fine } from '../support/cases.js';
import type { City, Enterprise, Holder, Offered } from './city.js';
import type { Listed, Resident } from './resident.js';

const WORKING_DAYS = 250;
const SCENARIOS = [
  ['公交客流预测与线路优化', 'Forecasting passengers and improving lines'],
  ['医疗资源可达性研究', 'How well clinics can be reached'],
  ['商业选址分析', 'Choosing sites for shops'],
  ['空气质量与交通关系研究', 'Air quality and traffic'],
  ['学区教育资源分析', 'Schools and where children live'],
  ['小微企业信用评估', 'Credit of small enterprises'],
] as const;

/** Days after asking in which one looks whether anything is to be done. */
const PATIENCE = 45;

/** What an enterprise's people do on a day at their desks: they look at what waits, report, renew, and ask for more. */
export async function applicantDay(city: City, enterprise: Enterprise, day: Day): Promise<void> {
  const { random } = city;
  const { handler, signatory, asksInAYear, diligence, looksUntil } = enterprise;
  if (day <= looksUntil) {
    if (random.chance(0.22 * diligence)) await mindCases(city, handler, diligence);
    if (random.chance(0.25 * diligence)) await sign(city, signatory);
  }
  if (random.chance(0.03 * diligence)) await mindGrants(city, enterprise, day);
  if (random.chance(asksInAYear / WORKING_DAYS)) await ask(city, enterprise, day);
  if (random.chance(0.004)) await demand(city, handler);
  if (random.chance(0.006)) await objectToQuality(city, handler);
}

async function mindCases(city: City, handler: Resident, diligence: number): Promise<void> {
  for (const { id } of await handler.listed('/api/applications?queue=mine&limit=20')) {
    const path = `/api/applications/${id}`;
    const { allowedCommands, state, questions } = fine(await handler.get(path)).body;
    const may = (name: string): boolean => allowedCommands.includes(name);
    city.pause();
    if (may('answer') && questions.some(({ answered }: Listed) => !answered))
      await handler.give(path, 'answer', { text: '数据仅用于所述场景，由两名专人管理。' });
    if (may('submit') && city.random.chance(diligence)) await handler.give(path, 'submit');
    else if (state === 'draft' && may('withdraw')) await handler.give(path, 'withdraw', { reason: '暂不需要' });
  }
  for (const { id } of await handler.listed('/api/applications?state=refused&limit=5')) {
    const path = `/api/applications/${id}`;
    const { allowedCommands } = fine(await handler.get(path)).body;
    if (allowedCommands.includes('appeal') && city.random.chance(0.15))
      await handler.give(path, 'appeal', { reason: '我方已补充安全措施，请复核。' });
  }
}

async function sign(city: City, signatory: Resident): Promise<void> {
  for (const state of ['approved', 'partly-approved'])
    for (const { id } of await signatory.listed(`/api/applications?state=${state}&limit=20`)) {
      const path = `/api/applications/${id}`;
      const { allowedCommands, agreement } = fine(await signatory.get(path)).body;
      if (!allowedCommands.includes('accept-agreement') || !city.random.chance(0.9)) continue;
      city.pause();
      await signatory.give(path, 'accept-agreement', { version: agreement.version, hash: agreement.hash });
    }
}

async function mindGrants(city: City, enterprise: Enterprise, day: Day): Promise<void> {
  const { random } = city;
  const { handler, diligence } = enterprise;
  for (const { id } of await handler.listed('/api/grants?state=active&limit=20')) {
    const path = `/api/grants/${id}`;
    const { allowedCommands } = fine(await handler.get(path)).body;
    const may = (name: string): boolean => allowedCommands.includes(name);
    city.pause();
    if (may('report-use') && random.chance(0.5 * diligence))
      await handler.give(path, 'report-use', {
        text: '按季度更新模型，服务稳定运行。',
        products: random.chance(0.4) ? [`产品${random.int(1, 9)}`] : [],
        publish: random.chance(0.5),
      });
    if (may('renew') && random.chance(0.7)) {
      await handler.give(path, 'renew');
      enterprise.looksUntil = addDays(day, PATIENCE);
    } else if (may('relinquish') && random.chance(0.01)) await handler.give(path, 'relinquish', { reason: '项目结束' });
  }
}

async function ask(city: City, enterprise: Enterprise, day: Day): Promise<void> {
  const { random } = city;
  const { handler } = enterprise;
  enterprise.looksUntil = addDays(day, PATIENCE);
  const holder: Holder = random.pick(city.holders);
  const datasets = [...new Set([random.pick(holder.datasets), random.pick(holder.datasets)])];
  const delivery = random.pick(datasets[0]?.deliveryKinds ?? []);
  const wanted = datasets.filter(
    ({ deliveryKinds, agreement }) => deliveryKinds.includes(delivery) && agreement === datasets[0]?.agreement,
  );
  await provide(city, handler, wanted, day);
  const [zh] = random.pick(SCENARIOS);
  const asked = await handler.post('/api/applications', {
    datasets: wanted.map(({ id, items }) => ({ dataset: id, ...(random.chance(0.2) ? partOf(items) : {}) })),
    purpose: { category: random.pick(PURPOSES), scenario: zh },
    delivery,
    period: { from: day, to: addDays(day, random.pick([90, 180, 365])) },
    securityPlan: '加密存储，专人管理，到期删除。',
    evidence: await proofs(handler, wanted),
  });
  // What a measure keeps an enterprise from is no broken promise.
  if (asked.body?.code === 'use-restricted') return;
  if (asked.status >= 300) return void city.broken.push(refusedAsking(handler, asked));
  const path = `/api/applications/${asked.body.id}`;
  if (asked.body.allowedCommands.includes('submit') && blocking(asked.body) === 0 && random.chance(0.93))
    await handler.give(path, 'submit');
}

const refusedAsking = (handler: Resident, { status, body }: Listed) => ({
  who: handler.username,
  command: 'ask',
  at: '/api/applications',
  answer: `${status} ${body?.code} ${JSON.stringify(body?.errors ?? '').slice(0, 200)}`,
});

const blocking = ({ warnings = [] }: Listed): number => warnings.filter((one: Listed) => one.blocking).length;
const partOf = (items: Offered['items']) =>
  items.length < 2 ? {} : { items: items.slice(0, Math.ceil(items.length / 2)).map(({ name }) => name) };

/** Files what these datasets ask for and the organisation has not on file. */
async function provide(city: City, handler: Resident, wanted: readonly Offered[], day: Day): Promise<void> {
  const held = new Set((await handler.listed('/api/evidence?limit=100')).filter(isLive).map(({ kind }) => kind));
  for (const kind of new Set(wanted.flatMap(({ proofs: asked }) => asked))) {
    if (held.has(kind)) continue;
    const reference = `№ ${city.random.int(1000, 9999)}`;
    const validUntil = addDays(day, city.random.pick([120, 365, 700]));
    fine(await handler.post('/api/evidence', { kind, issuer: '市级主管机关', reference, validUntil }));
  }
}

const isLive = ({ state }: Listed): boolean => state === 'filed' || state === 'verified' || state === 'pending';

/** What is on file for the conditions of these datasets, named in the application. */
async function proofs(handler: Resident, wanted: readonly Offered[]): Promise<readonly object[]> {
  const kinds = new Set(wanted.flatMap(({ proofs: asked }) => asked));
  const held = (await handler.listed('/api/evidence?limit=100')).filter(isLive);
  return [...kinds].flatMap((kind) => {
    const found = held.find((one) => one.kind === kind);
    return found === undefined ? [] : [{ condition: kind, evidence: found.id }];
  });
}

async function demand(city: City, handler: Resident): Promise<void> {
  const { organisation: holder } = city.random.pick(city.holders);
  const [title] = city.random.pick(SCENARIOS);
  fine(await handler.post('/api/demands', { holder, title: `${title}所需数据`, description: '按街道汇总即可。' }));
}

const FAULTS = ['wrong-values', 'missing', 'out-of-date', 'broken-file', 'description-wrong'] as const;

async function objectToQuality({ random, holders }: City, handler: Resident): Promise<void> {
  const { id: dataset } = random.pick(random.pick(holders).datasets);
  const reason = '与现场情况不一致，请核对。';
  fine(await handler.post('/api/objections', { about: 'quality', dataset, fault: random.pick(FAULTS), reason }));
}
