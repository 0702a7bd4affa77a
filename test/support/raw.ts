import { Agent, type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http';

/** An answer to bytes sent as they are. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Sends exactly these bytes to exactly this path: `fetch` would mend both. */
export class Raw {
  private readonly agent = new Agent({ keepAlive: true });

  constructor(private readonly address: string) {}

  send(
    method: string,
    path: string,
    headers: OutgoingHttpHeaders = {},
    body?: string | Uint8Array,
    patience = 10_000,
  ): Promise<RawAnswer> {
    const { hostname, port } = new URL(this.address);
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    return new Promise((resolve, reject) => {
      const sent = request(
        { hostname, port, method, path, agent: this.agent, timeout: patience, headers: { ...length, ...headers } },
        (answer) => {
          const parts: Buffer[] = [];
          answer.on('data', (part: Buffer) => parts.push(part));
          answer.on('end', () =>
            resolve({
              status: answer.statusCode ?? 0,
              headers: answer.headers,
              text: Buffer.concat(parts).toString(),
            }),
          );
        },
      );
      sent.on('timeout', () => sent.destroy(new Error(`no answer to ${method} ${path} within ${patience} ms`)));
      sent.on('error', reject);
      sent.end(body);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}
