import { parseArgs } from 'node:util';
import { backends } from '../support/databases.js';
import { City } from './city.js';
import { disagreements } from './decisions.js';
import { monthOf, statisticsOf } from './figures.js';
import { brokenLaws } from './laws.js';
import { live } from './year.js';

/**
 * `npm run simulate -- --year 2026`: a year of a city at the whole product over HTTP, by a clock that only the simulation
 * moves. Ends with 1 where a law does not hold. The same seed gives the same year.
 */
const { values } = parseArgs({
  options: {
    year: { type: 'string', default: '2026' },
    days: { type: 'string', default: '365' },
    holders: { type: 'string', default: '40' },
    enterprises: { type: 'string', default: '300' },
    seed: { type: 'string', default: 'a year' },
    database: { type: 'string', default: 'embedded on file' },
  },
});
const backend = backends.find(({ name }) => name === values.database);
if (backend === undefined) throw new Error(`--database is one of ${backends.map(({ name }) => name).join(', ')}`);
const first = `${values.year}-01-01`;
const began = performance.now();
const size = { holders: Number(values.holders), enterprises: Number(values.enterprises) };
const city = await City.found(backend, first, values.seed, size);
console.log(`${city.enterprises.length} enterprises and ${city.holders.length} holders, on ${backend.name}\n`);
console.log(
  '| up to | cases | under way | overdue | approved | refused | grants in force |\n|---|---:|---:|---:|---:|---:|---:|',
);
const told: string[] = [];
await live(city, first, Number(values.days), async (upTo) => {
  console.log(await monthOf(city, upTo));
  for (const disagreement of await disagreements(city)) {
    told.push(disagreement);
    console.log(`✘ ${disagreement}`);
  }
});
console.log(`\n${await statisticsOf(city)}`);
const laws = [...told, ...(await brokenLaws(city))];
for (const law of laws.slice(told.length, told.length + 40)) console.log(`✘ ${law}`);
console.log(`\n${laws.length} laws broken; ${((performance.now() - began) / 1000).toFixed(0)} s`);
await city.close();
process.exit(laws.length === 0 ? 0 : 1);
