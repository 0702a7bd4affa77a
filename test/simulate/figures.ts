import type { Day } from '../../src/kernel/time.js';
import { fine } from '../support/cases.js';
import type { City } from './city.js';
import type { Listed } from './resident.js';

/** Where the city stands, as one line of a table. */
export async function monthOf({ officials: { approver } }: City, upTo: Day): Promise<string> {
  const total = async (path: string): Promise<number> => fine(await approver.get(`${path}limit=1`)).body.total;
  const cases = (state: string): Promise<number> => total(`/api/applications?state=${state}&`);
  const figures = [
    await total('/api/applications?'),
    (await cases('submitted')) +
      (await cases('needs-correction')) +
      (await cases('in-review')) +
      (await cases('consulting')),
    await total('/api/applications?queue=overdue&'),
    (await cases('approved')) + (await cases('partly-approved')) + (await cases('concluded')),
    await cases('refused'),
    await total('/api/grants?state=active&'),
  ];
  return `| ${[upTo, ...figures].join(' | ')} |`;
}

/** What the authority's page of statistics says of the year. */
export async function statisticsOf({ officials: { approver } }: City): Promise<string> {
  const { whole, steps, outcomes, reasons, appeals, use } = fine(await approver.get('/api/statistics/full')).body;
  const publicly = fine(await approver.get('/api/register?limit=1')).body;
  return [
    `rulings ${whole.count}, undecided ${whole.undecided}, in time ${percent(whole.share)}, working days: median ${whole.median}, 90 % ${whole.p90}`,
    ...steps.map(({ step, count, median, p90 }: Listed) => `  ${step}: ${count}, median ${median}, 90 % ${p90}`),
    outcomes.map(({ outcome, count }: Listed) => `${outcome} ${count}`).join(', '),
    reasons.map(({ code, count }: Listed) => `${code} ${count}`).join(', '),
    `reviews asked for ${appeals.asked}, upheld ${appeals.upheld}, reopened ${appeals.reopened}`,
    `grants ${use.granted}, of them with a report ${use.reported}, reports ${use.reports}, products ${use.products}`,
    `public register: ${publicly.total} lines up to ${publicly.upTo}`,
  ].join('\n');
}

const percent = (share: number | null): string => (share === null ? '–' : `${(share * 100).toFixed(0)} %`);
