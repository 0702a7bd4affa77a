import { ask, carry, learn } from '../../src/classification/domain/learning/publisher-model.js';
import type { Track } from '../../src/classification/domain/learning/terms.js';
import { byPublisher } from './baselines.js';
import { decidedOf, floorOf } from './engine.js';
import { ABSENT, inventories } from './inventories.js';
import type { Measure, Row } from './measure.js';
import type { Labelled } from './metadata.js';
import { percent } from './scores.js';

const isOpen = ({ truth }: Labelled): boolean => truth === 'open';

/** Catalogues in which nothing is closed: the public records of each source, as a catalogue of their own. */
function raisedRow(sources: Readonly<Record<string, readonly Labelled[]>>, track: Track): Row {
  const counts = Object.entries(sources).map(([name, records]) => {
    const open = records.filter(isOpen);
    return { name, raised: open.filter(({ facts }) => floorOf(facts, track) !== 'open').length, open: open.length };
  });
  const [raised, open] = [
    counts.reduce((sum, one) => sum + one.raised, 0),
    counts.reduce((sum, one) => sum + one.open, 0),
  ];
  const worst = counts.reduce((most, one) => Math.max(most, one.raised / one.open), 0);
  return {
    measure: `wholly public catalogues wrongly raised, ${track === 'facts' ? 'facts only' : 'with stated reason'}`,
    goal: '≤ 5 %',
    baseline: '',
    figure: `${raised}/${open} (${percent(raised, open)}); ${counts.map((one) => `${one.name} ${percent(one.raised, one.open)}`).join(', ')}`,
    reached: worst <= 0.05,
    split: 'the public records of four sources, tier withheld; only rules raise, nothing learned does',
  };
}

export const publicCatalogues: Measure = {
  name: 'public catalogues',
  run: async ({ data, quick }) => {
    const all = inventories(data, quick);
    if (all === null) return ABSENT;
    const sources = { ...all.catalogues, dc: all.district };
    return [raisedRow(sources, 'facts'), raisedRow(sources, 'with-reason')];
  },
};

/** Restricted records of the District that the engine would propose as open, by what other agencies decided. */
export const districtErrors: Measure = {
  name: 'DC restricted called open',
  run: async ({ data, quick }) => {
    const all = inventories(data, quick);
    if (all === null) return ABSENT;
    return (['facts', 'with-reason'] as const).map((track): Row => {
      const said = byPublisher(all.district, 5).flatMap(({ known, held }) => {
        const decided = decidedOf(known, track);
        const model = learn(decided, 'nobody decided yet', carry(decided));
        return decidedOf(held, track).map(({ terms, tier, floor }) => {
          if (model === null) return { tier, open: floor === 'open', sure: false };
          const { tier: likeliest, enough } = ask(model, terms);
          const open = likeliest === 'open' && floor === 'open';
          return { tier, open, sure: enough };
        });
      });
      const closed = said.filter(({ tier }) => tier === 'restricted');
      const forced = closed.filter(({ open }) => open).length;
      const proposed = closed.filter(({ open, sure }) => open && sure).length;
      const covered = said.filter(({ sure }) => sure).length;
      return {
        measure: `DC inventory, ${track === 'facts' ? 'facts only' : 'with stated reason'}: restricted records proposed as open`,
        goal: '≤ 1 %',
        baseline: `forced to choose: ${forced}/${closed.length} (${percent(forced, closed.length)})`,
        figure: `${proposed}/${closed.length} (${percent(proposed, closed.length)}); ${percent(covered, said.length)} of all records proposed with confidence`,
        reached: proposed / closed.length <= 0.01,
        split: 'five folds of whole agencies; thresholds by agencies left out of the four folds that teach',
      };
    });
  },
};
