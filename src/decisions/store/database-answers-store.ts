import type { AnswersAlike, AnswersStore } from '../rehearsed-decisions.js';
import { DecisionRow } from './decision-rows.js';

const CHUNK = 500;

/** Recorded decisions, counted by dataset and facts. */
export const databaseAnswersStore: AnswersStore = {
  alike: async (reader, datasets, since) => {
    const alike: AnswersAlike[] = [];
    for (let start = 0; start < datasets.length; start += CHUNK) {
      const rows: Record<keyof AnswersAlike, string | number>[] = await reader.manager
        .createQueryBuilder(DecisionRow, 'd')
        .select('d.dataset', 'dataset')
        .addSelect('d.low', 'low')
        .addSelect('d.high', 'high')
        .addSelect('d.permit', 'permit')
        .addSelect('d.by_items', 'byItems')
        .addSelect('COUNT(*)', 'count')
        .where('d.at >= :since', { since: reader.instantValue(since) })
        .andWhere('d.dataset IN (:...datasets)', { datasets: datasets.slice(start, start + CHUNK) })
        .groupBy('d.dataset')
        .addGroupBy('d.low')
        .addGroupBy('d.high')
        .addGroupBy('d.permit')
        .addGroupBy('d.by_items')
        .getRawMany();
      for (const { dataset, low, high, permit, byItems, count } of rows)
        alike.push({
          dataset: `${dataset}`,
          low: Number(low),
          high: Number(high),
          permit: Number(permit) === 1,
          byItems: Number(byItems) === 1,
          count: Number(count),
        });
    }
    return alike;
  },
};
