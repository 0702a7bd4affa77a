import { expect } from 'chai';
import { Metrics, readinessTogether } from '../../../src/operations/index.js';
import { kept, pageOf } from '../../../src/operations/metrics.js';
import { Replacement } from '../../../src/operations/workers/replacement.js';
import { RoundCalls } from '../../../src/operations/workers/round-call.js';

const state = (parts: Record<string, 'ok' | 'degraded' | 'down'>) => ({ status: 'ok', parts }) as const;

describe('workers', () => {
  it('are replaced at once, then ever later while they end at every start, and at once again after a quiet minute', () => {
    const replacement = new Replacement();
    const waits = (lives: readonly number[]) => lives.map((lived) => replacement.waitAfter(lived));
    expect(waits([10, 10, 10, 10, 10, 10, 10, 10])).to.deep.equal([0, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
    expect(waits([60_000, 10, 10])).to.deep.equal([0, 0, 1000]);
  });

  it('are ready together: what fails in one is degraded, what fails in all is down, a missing one is said', () => {
    const both = readinessTogether([state({ log: 'ok', database: 'ok' }), state({ log: 'down', database: 'ok' })], 2);
    expect(both).to.deep.equal({ status: 'degraded', parts: { log: 'degraded', database: 'ok', workers: 'ok' } });
    const neither = readinessTogether([state({ log: 'down' }), state({ log: 'down' })], 2);
    expect(neither).to.deep.equal({ status: 'down', parts: { log: 'down', workers: 'ok' } });
    expect(readinessTogether([state({ log: 'ok' })], 2)).to.deep.equal({
      status: 'degraded',
      parts: { log: 'ok', workers: 'degraded' },
    });
    expect(readinessTogether([], 2)).to.deep.equal({ status: 'down', parts: { workers: 'down' } });
  });

  it('are asked together: one that is gone or silent holds nobody up', async () => {
    const calls = new RoundCalls();
    const asked = calls.call([1, 2, 3], (id) => {
      calls.tell(id, 1, 'one');
      calls.tell(id, 3, undefined);
      calls.gone(2);
    });
    expect([...(await asked)]).to.deep.equal([[1, 'one']]);
    const began = performance.now();
    expect([...(await calls.call([1, 2], (id) => calls.tell(id, 2, 'two')))]).to.deep.equal([[2, 'two']]);
    expect(performance.now() - began).to.be.within(2900, 6000);
  });

  it('are added up: counts of all, gauges as each says, and of those that have ended the counts alone', async () => {
    const figuresOf = (count: number, revision: number) => {
      const metrics = new Metrics();
      metrics.counts('t_total', 'x', ['kind'], () => [{ labels: { kind: 'a' }, count }]);
      metrics.gauge('t_revision', 'x', () => revision, 'min');
      metrics.gauge('t_age', 'x', () => revision);
      metrics.gauge('t_waiting', 'x', () => revision, 'sum');
      metrics.observe('/', 'get', 200, 0.002);
      return metrics.figures();
    };
    const ended = await kept([await figuresOf(100, 1), await figuresOf(10, 1)]);
    const page = await pageOf([await figuresOf(1, 7), await figuresOf(2, 5), ended]);
    expect(page.split('\n')).to.include.members([
      't_total{kind="a"} 113',
      't_revision 5',
      't_age 7',
      't_waiting 12',
      'tiergate_http_request_seconds_count{route="/",method="get",status="200"} 4',
    ]);
  });
});
