import { expect } from 'chai';
import { drawn } from '../../scripts/pages/decision-plot.js';

describe('the plot of decisions', () => {
  const rate = (name: string, grants: number, decisionsPerSecond: number) => ({
    name,
    grants,
    decisionsPerSecond,
    compared: 20,
  });
  const svg = drawn({
    command: '',
    measured: '2026-11-27',
    machine: 'two cores',
    figures: [rate('slow', 1000, 10), rate('Tiergate', 1000, 1e6), rate('slow', 1e6, 1), rate('Tiergate', 1e6, 1e5)],
  });

  it('puts a dot for each number of grants on a logarithmic axis, the fastest first', () => {
    const places = [...svg.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)"/g)].map(([, x, y]) => [Number(x), Number(y)]);
    expect(places, 'two of the legend, two for each').to.have.length(6);
    const [fastMany, fastFew] = [places[2]?.[0] ?? 0, places[3]?.[0] ?? 0];
    const [slowMany, slowFew] = [places[4]?.[0] ?? 0, places[5]?.[0] ?? 0];
    expect(fastMany - fastFew, 'a tenth is as far everywhere').to.be.closeTo(slowMany - slowFew, 0.2);
    expect(places[2]?.[1]).to.be.lessThan(places[4]?.[1] ?? 0);
  });

  it('tells the rate at the most grants in words', () => {
    expect(svg).to.contain('100,000 at 1 M').and.to.contain('1 at 1 M');
  });
});
