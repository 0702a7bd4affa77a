import { ok } from '../../src/kernel/result.js';
import { addDays } from '../../src/kernel/time.js';
import type { Matter } from '../../src/register/domain/matter.js';
import { type Quarter, quarterOf } from '../../src/register/domain/quarter.js';
import type { App } from '../../src/app.js';

/** Some days in the middle of a quarter that was over some quarters before a day. */
export function dayBefore(today: string, quarters: number): string {
  let day = today;
  for (let left = quarters; left > 0; day = addDays(day, -1))
    if (quarterOf(addDays(day, -1)) !== quarterOf(day)) left--;
  return addDays(day, -40);
}

export interface Planted {
  readonly dataset: string;
  readonly holder: string;
  readonly field: Matter['field'];
  /** On how many applicants. */
  readonly applicants: number;
  readonly ruledOn: string;
  readonly more?: Partial<Matter>;
}

let cases = 0;

/** Writes rulings that were counted long ago, as the keeper would have: each of its own case and its own applicant. */
export async function plant(
  { unit, slices }: Pick<App, 'unit' | 'slices'>,
  planted: readonly Planted[],
): Promise<void> {
  for (const { applicants, ruledOn, more, ...about } of planted)
    for (let at = 0; at < applicants; at++) {
      const application = `planted-${cases++}`;
      const matter: Matter = {
        application,
        round: 1,
        applicant: `applicant-${at}`,
        applicantKind: 'enterprise',
        tier: 'conditional',
        purpose: 'research',
        submittedOn: addDays(ruledOn, -14),
        ruledOn,
        endedOn: ruledOn,
        overdueOn: null,
        ruling: at % 4 === 3 ? 'refused' : 'approved',
        reasons: at % 4 === 3 ? ['purpose-not-covered'] : [],
        steps: { acceptance: 2, holder: 3 + (at % 3), authority: 2 },
        days: 7 + (at % 3),
        limit: 15,
        late: false,
        appeal: null,
        ...about,
        ...more,
      };
      await unit.run(async (tx) => ok(await slices.register.store.replaceCases(tx, [application], [matter])));
      if (matter.ruling === 'approved')
        await unit.run(async (tx) =>
          ok(
            await slices.register.store.replaceGrants(tx, [
              {
                grant: application,
                application,
                dataset: matter.dataset,
                begunOn: ruledOn,
                uses: [{ on: ruledOn, products: 2, named: at === 0 ? ['=Open map'] : [] }],
              },
            ]),
          ),
        );
    }
}

export const quarterBefore = (today: string, quarters: number): Quarter => quarterOf(dayBefore(today, quarters));
