import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { Place, RunningProduct } from '../support/product.js';

/** A sign-in whose body stops half-way; `finish` sends the rest and gives the whole answer. */
class HalfRequest {
  private answer = '';
  readonly closed: Promise<unknown>;

  private constructor(private readonly socket: Socket) {
    socket.on('data', (part) => {
      this.answer += part.toString();
    });
    socket.on('error', () => undefined);
    this.closed = once(socket, 'close');
  }

  static async send(address: string): Promise<HalfRequest> {
    const { hostname, port } = new URL(address);
    const socket = connect(Number(port), hostname);
    const half = new HalfRequest(socket);
    const head = ['POST /api/auth/token HTTP/1.1', 'Host: x', 'Content-Type: application/json', 'Content-Length: 40'];
    socket.write(`${head.join('\r\n')}\r\n\r\n{"grantType":"passw`);
    await sleep(200);
    return half;
  }

  async finish(): Promise<string> {
    this.socket.write('ord","username":"a"} ');
    await this.closed;
    return this.answer;
  }
}

describe('starting and stopping the server', function () {
  this.timeout(240_000);
  let place: Place;
  let product: RunningProduct;
  before(() => {
    place = new Place();
    place.environment['TIERGATE_LOG_LEVEL'] = 'info';
  });
  after(() => place.remove());
  const start = async (): Promise<void> => {
    product = await RunningProduct.start(place);
  };

  it('a port in use is said before anything is touched', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const refused = await place.run(['serve'], { PORT: String(port) });
    expect(refused.code).to.equal(3);
    expect(refused.err).to.contain(`127.0.0.1:${port} is taken already`);
    expect((await place.tiergate('migrate', 'status')).err).to.contain('there is no such database');
    taken.close();
  });

  it('SIGTERM: takes no new connection, lets a running request end, lets idle connections go, exits with 0', async () => {
    await start();
    const running = await HalfRequest.send(product.address);
    product.signal('SIGTERM');
    await sleep(300);
    const refused = await fetch(`${product.address}/health/ready`).then(
      ({ status }) => status,
      () => 'refused',
    );
    expect(refused).to.be.oneOf(['refused', 503]);
    expect(await running.finish()).to.match(/^HTTP\/1\.1 400 [\s\S]*"code":"invalid-body"/);
    expect(await product.ended()).to.equal(0);
    const again = await place.tiergate('audit', 'verify');
    expect(again.code, again.out).to.equal(0);
  });

  it('SIGTERM: cuts a request that never ends, and exits with 0 all the same', async () => {
    await start();
    const endless = await HalfRequest.send(product.address);
    product.signal('SIGTERM');
    expect(await product.ended()).to.equal(0);
    await endless.closed;
  });

  it('a second signal ends at once', async () => {
    await start();
    await HalfRequest.send(product.address);
    product.signal('SIGINT');
    await sleep(200);
    product.signal('SIGTERM');
    expect(await product.ended()).to.equal(1);
  });

  it('a signal during the start ends it, and the next start goes on', async () => {
    product = await RunningProduct.launch(place);
    await product.until('/health/live');
    product.signal('SIGTERM');
    await product.ended();
    await start();
    expect(await product.stop()).to.equal(0);
    expect((await place.tiergate('audit', 'verify')).code).to.equal(0);
  });

  it('an error nobody caught is logged as one line; requests end, and the process with 1', async () => {
    const plant = join(place.folder, 'plant.mjs');
    writeFileSync(plant, "process.on('SIGUSR2', () => void Promise.reject(new Error(`planted ${'x'} fault`)));\n");
    place.environment['NODE_OPTIONS'] = `--import ${plant}`;
    await start();
    product.signal('SIGUSR2');
    expect(await product.ended()).to.equal(1);
    const lines = product.log().trim().split('\n');
    const told = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(told.find(({ message }) => message === 'unhandled')).to.include({
      level: 'error',
      cause: 'planted x fault',
    });
  });
});
