import { expect } from 'chai';
import request from 'supertest';
import express from 'express';
import { setTimeout as sleep } from 'node:timers/promises';
import { Follower } from '../../../src/log/index.js';
import { type HealthPart, Metrics, mountOperations, readiness } from '../../../src/operations/index.js';

type State = 'ok' | 'degraded' | 'down';
const part = (name: string, state: State | Error | 'silent'): HealthPart => ({
  name,
  check: () =>
    state === 'silent'
      ? new Promise(() => undefined)
      : state instanceof Error
        ? Promise.reject(state)
        : Promise.resolve(state),
});

describe('readiness', () => {
  for (const [parts, wanted] of [
    [['ok', 'ok'], 'ok'],
    [['ok', 'degraded'], 'degraded'],
    [['degraded', 'down'], 'down'],
    [['ok', new Error('x')], 'down'],
  ] as const) {
    it(`of ${parts.map(String).join(' and ')} is ${wanted}`, async () => {
      const state = await readiness(parts.map((one, at) => part(`part ${at}`, one)));
      expect(state.status).to.equal(wanted);
      expect(Object.keys(state.parts)).to.deep.equal(['part 0', 'part 1']);
    });
  }

  it('does not wait for a part that does not answer', async () => {
    const state = await readiness([part('database', 'silent'), part('log', 'ok')]);
    expect(state).to.deep.equal({ status: 'down', parts: { database: 'down', log: 'ok' } });
  });

  const served = (parts: HealthPart[], draining = false) => {
    const app = express();
    const ports = {
      metrics: new Metrics(),
      parts,
      draining: () => draining,
      openApi: () => ({}),
      version: '1',
      link: null,
    };
    mountOperations(ports)(app);
    return request(app);
  };

  it('answers 200 for ok and degraded, 503 with its parts and when to come back for down; life needs nothing', async () => {
    expect((await served([part('a', 'ok')]).get('/health/ready')).status).to.equal(200);
    const degraded = await served([part('a', 'degraded')]).get('/health/ready');
    expect([degraded.status, degraded.body.status]).to.deep.equal([200, 'degraded']);
    const down = served([part('a', 'down'), part('b', 'silent')]);
    expect((await down.get('/health/live')).body).to.deep.equal({ status: 'ok', version: '1' });
    const answer = await down.get('/health/ready');
    expect(answer.status).to.equal(503);
    expect(answer.headers).to.include({ 'retry-after': '2', 'cache-control': 'no-store' });
    expect(answer.body.parts).to.deep.equal({ a: 'down', b: 'down' });
  });

  it('is not ready from the moment it drains, whatever its parts say', async () => {
    expect((await served([part('a', 'ok')], true).get('/health/ready')).status).to.equal(503);
  });

  it('metrics are what Prometheus reads, with the delay of the event loop among them', async () => {
    const { text, headers } = await served([]).get('/metrics');
    expect(headers['content-type']).to.match(/^text\/plain; version=0\.0\.4/);
    expect(text).to.match(/^tiergate_nodejs_eventloop_lag_p99_seconds /m);
  });
});

describe('following the log', () => {
  it('tells once that it fails and once that it goes on, however often it tried', async () => {
    let failing = false;
    const told: unknown[] = [];
    const reader = { manager: { query: () => Promise.resolve([{ position: 0 }]) } };
    const follower = new Follower(
      (work) => (failing ? Promise.reject(new Error('down')) : work(reader as never)),
      (error) => void told.push(error),
    );
    follower.start(5);
    await sleep(40);
    expect(told).to.deep.equal([]);
    failing = true;
    await sleep(80);
    expect(told).to.have.length(1);
    failing = false;
    await sleep(80);
    expect(told).to.have.length(2);
    expect(told[1]).to.equal(null);
    follower.stop();
  });
});
