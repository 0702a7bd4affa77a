import { setTimeout as sleep } from 'node:timers/promises';
import { Caller } from '../support/caller.js';
import { fine } from '../support/cases.js';
import type { City } from './city.js';
import type { Listed } from './resident.js';

/** Longer than the product takes to confirm that it is up to date, after the clock was moved. */
const CONFIRMED = 700;
const STATES = ['active', 'limited', 'suspended', 'expired', 'revoked', 'relinquished'] as const;

/** Where a portal is told something else of a grant than its page says. */
export async function disagreements(city: City): Promise<readonly string[]> {
  const { approver } = city.officials;
  const grants: Listed[] = [];
  for (const state of STATES) grants.push(...(await approver.listedWhole(`/api/grants?state=${state}&limit=100`)));
  const served = new Set(grants.filter(({ inForce, data }) => inForce === 'yes' && data !== 'rests').map(whatFor));
  await sleep(CONFIRMED);
  const portal = await Caller.portal(city.address);
  const broken: string[] = [];
  for (const grant of grants) {
    const { decision, context } = await asked(portal, grant);
    if (decision !== served.has(whatFor(grant)))
      broken.push(
        `grant ${grant.id} is ${grant.state}, in force: ${grant.inForce}; a portal is told ${context.reason.code}`,
      );
  }
  return broken;
}

/** Where some of the items rest, a portal asks for those it is told it may have. */
async function asked(portal: Caller, grant: Listed) {
  const ask = async (one: Listed) => fine(await portal.post('/access/v1/evaluation', questionOf(one))).body;
  const whole = await ask(grant);
  const { covered } = whole.context.items ?? {};
  return covered === undefined ? whole : ask({ ...grant, items: covered });
}

/** Another grant of the same organisation may serve the same. */
const whatFor = ({ organisation, dataset, purpose, delivery, items }: Listed): string =>
  JSON.stringify([organisation, dataset, purpose, delivery, items]);

const questionOf = ({ organisation, dataset, purpose, delivery, items }: Listed): object => ({
  subject: { type: 'organisation', id: organisation },
  resource: { type: 'dataset', id: dataset, ...(items.length === 0 ? {} : { properties: { items } }) },
  action: { name: delivery },
  context: { purpose },
});
