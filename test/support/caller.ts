/** An answer as a test looks at it. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  /** The parsed body, where it is JSON. */
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look into bodies of every shape
  readonly body: any;
  readonly headers: Headers;
}

/** Somebody who signed in to a running product, over HTTP only. */
export class Caller {
  private constructor(
    readonly address: string,
    readonly token: string | undefined,
  ) {}

  static withToken(address: string, token: string): Caller {
    return new Caller(address, token);
  }

  static anonymous(address: string): Caller {
    return new Caller(address, undefined);
  }

  static person(address: string, username: string): Promise<Caller> {
    return Caller.signIn(address, { grantType: 'password', username, password: 'tiergate-demo' });
  }

  static portal(address: string): Promise<Caller> {
    const account = { clientId: 'portal', clientSecret: 'tiergate-demo-portal' };
    return Caller.signIn(address, { grantType: 'client_credentials', ...account });
  }

  private static async signIn(address: string, body: object): Promise<Caller> {
    const answer = await Caller.anonymous(address).post('/api/auth/token', body);
    if (answer.status !== 200) throw new Error(`cannot sign in: ${answer.status} ${answer.text}`);
    return new Caller(address, (answer.body as { access_token: string }).access_token);
  }

  /** The same somebody at another instance. */
  at(address: string): Caller {
    return new Caller(address, this.token);
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send('GET', path, undefined, headers);
  }

  post(path: string, body: object = {}, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send('POST', path, body, headers);
  }

  /** A command on a resource, with the version this caller sees; an absent one is asked for all the same. */
  async command(path: string, name: string, body: object = {}): Promise<Answer> {
    const { headers } = await this.get(path);
    return this.post(`${path}/commands/${name}`, body, {
      'if-match': headers.get('etag') ?? '"none"',
      'idempotency-key': crypto.randomUUID(),
    });
  }

  /** Changes a resource on top of the version this caller sees. */
  async change(path: string, body: object, headers: Record<string, string> = {}): Promise<Answer> {
    const { headers: seen } = await this.get(path);
    return this.send('PATCH', path, body, { 'if-match': seen.get('etag') ?? '"none"', ...headers });
  }

  async send(method: string, path: string, body?: object, headers: Record<string, string> = {}): Promise<Answer> {
    const json = body === undefined ? {} : { 'content-type': 'application/json' };
    return this.raw(method, path, body === undefined ? null : JSON.stringify(body), { ...json, ...headers });
  }

  /** Any request, with the body as it stands. */
  async raw(
    method: string,
    path: string,
    body: string | Uint8Array<ArrayBuffer> | null,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const bearer = this.token === undefined ? {} : { authorization: `Bearer ${this.token}` };
    const answer = await fetch(this.address + path, { method, headers: { ...bearer, ...headers }, body });
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.includes('json') === true && text !== '';
    return { status: answer.status, text, body: isJson ? JSON.parse(text) : undefined, headers: answer.headers };
  }
}
