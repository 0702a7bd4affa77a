import { connect, type Socket } from 'node:net';
import { quantile } from '../quick.js';

/** One request of HTTP/1.1 as the bytes that are sent. */
export interface PacedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Milliseconds of each answer from the moment its request was due, in no order, and how many were not 200. */
export interface Paced {
  readonly times: Float64Array;
  readonly notOk: number;
}

/** How long answers were waited for (ms). */
export interface Waited {
  readonly p50: number;
  readonly p99: number;
  readonly most: number;
}

export const waited = ({ times }: Paced): Waited => ({
  p50: quantile(times, 0.5),
  p99: quantile(times, 0.99),
  most: quantile(times, 1),
});

const HEAD_END = Buffer.from('\r\n\r\n');

/**
 * Asks at an even pace whatever the answers take: a request that waits for a connection waits from when it was due, so
 * that a server that stops for a moment is charged for all who would have come meanwhile. (Generators that let each
 * connection send its share of a second at once measure bursts at full load, and a rest.)
 */
export async function paced(
  url: string,
  requests: readonly PacedRequest[],
  { perSecond, seconds, connections }: { perSecond: number; seconds: number; connections: number },
): Promise<Paced> {
  const { hostname, port, host } = new URL(url);
  const bytes = requests.map((request) => bytesOf(request, host));
  const total = Math.floor(perSecond * seconds);
  const times = new Float64Array(total);
  const waiting: number[] = [];
  let [asked, answered, notOk] = [0, 0, 0];
  const lines = await Promise.all(Array.from({ length: connections }, () => Line.to(hostname, Number(port))));
  const free = [...lines];
  const began = performance.now();
  await new Promise<void>((resolve, reject) => {
    const send = (line: Line, nth: number): void => {
      line.ask(bytes[nth % bytes.length] as Buffer, (status) => {
        times[nth] = performance.now() - began - (nth * 1000) / perSecond;
        if (status !== 200) notOk += 1;
        answered += 1;
        if (answered === total) return resolve();
        const next = waiting.shift();
        if (next === undefined) free.push(line);
        else send(line, next);
      });
    };
    for (const line of lines) line.onFault(reject);
    const tick = (): void => {
      const due = Math.min(total, Math.floor(((performance.now() - began) * perSecond) / 1000) + 1);
      for (; asked < due; asked += 1) {
        // The one that has rested longest: a server closes those that nobody uses.
        const line = free.shift();
        if (line === undefined) waiting.push(asked);
        else send(line, asked);
      }
      if (asked < total) setTimeout(tick, 1);
    };
    tick();
  }).finally(() => {
    for (const line of lines) line.end();
  });
  return { times, notOk };
}

function bytesOf({ method, path, headers, body }: PacedRequest, host: string): Buffer {
  const all = { host, ...headers, 'content-length': String(Buffer.byteLength(body)) };
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return Buffer.from(`${method} ${path} HTTP/1.1\r\n${head.join('\r\n')}\r\n\r\n${body}`);
}

/** A connection with at most one question on its way; it reads as much of an answer as it takes to know its end. */
class Line {
  private received: Buffer = Buffer.alloc(0);
  private answer: ((status: number) => void) | undefined;

  private constructor(private readonly socket: Socket) {
    socket.setNoDelay(true);
    socket.on('data', (part) => this.read(part));
  }

  static to(host: string, port: number): Promise<Line> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, host, () => resolve(new Line(socket)));
      socket.once('error', reject);
    });
  }

  onFault(report: (error: Error) => void): void {
    this.socket.on('error', report);
    this.socket.on('close', () => report(new Error('the server closed a connection')));
  }

  ask(bytes: Buffer, answer: (status: number) => void): void {
    this.answer = answer;
    this.socket.write(bytes);
  }

  end(): void {
    this.socket.removeAllListeners('close');
    this.socket.destroy();
  }

  private read(part: Buffer): void {
    this.received = this.received.length === 0 ? part : Buffer.concat([this.received, part]);
    const end = this.received.indexOf(HEAD_END);
    if (end < 0) return;
    const head = this.received.toString('latin1', 0, end);
    const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1]);
    if (this.received.length < end + HEAD_END.length + length) return;
    const answer = this.answer;
    this.answer = undefined;
    this.received = Buffer.alloc(0);
    answer?.(Number(head.slice(9, 12)));
  }
}
