import { shown } from './transcript.mjs';

/** The two shell functions that the printed commands use. */
export const SHELL = [
  `sign_in() { curl -s $TIERGATE/api/auth/token -H 'content-type: application/json' -d "$1" | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/'; }`,
  `api() { curl -s -X $2 "$TIERGATE$3" -H "authorization: Bearer $1" -H 'content-type: application/json' \${4:+-d "$4"} \${5:+-H "if-match: $5"}; }`,
];

/** Somebody who signed in; `who` is the variable that holds their token in the printed commands. */
export class Caller {
  constructor(transcript, address, who, token) {
    Object.assign(this, { transcript, address, who, token });
  }

  static async signIn(transcript, address, who, credentials) {
    const body = JSON.stringify(credentials);
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${address}/api/auth/token`, { method: 'POST', headers, body });
    if (!answer.ok) throw new Error(`${who} cannot sign in: ${answer.status} ${await answer.text()}`);
    transcript.say(`$ ${who}=$(sign_in '${body}')`);
    return new Caller(transcript, address, who, (await answer.json()).access_token);
  }

  async call(method, path, body, etag) {
    const answer = await fetch(this.address + path, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        'content-type': 'application/json',
        ...(etag === undefined ? {} : { 'if-match': etag }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const isJson = (answer.headers.get('content-type') ?? '').includes('json');
    return { status: answer.status, etag: answer.headers.get('etag'), text, value: isJson ? JSON.parse(text) : text };
  }
  /** Reads without printing. */
  async read(path) {
    const { status, value } = await this.call('GET', path);
    if (status !== 200) throw new Error(`GET ${path}: ${status}`);
    return value;
  }

  /** Asks, prints the command and the answer, and stops the tour where the answer is not the expected one. */
  async ask(method, path, { body, members, etag, expect = [200, 201] } = {}) {
    const words = [`api $${this.who} ${method} "${path}"`];
    if (body !== undefined) words.push(`'${shown(body)}'`);
    if (etag !== undefined) words.push(`'${etag}'`);
    this.transcript.command(words.join(' '));
    const answer = await this.call(method, path, body, etag);
    this.transcript.say(
      `${answer.status} ${shown(answer.value, answer.status < 300 ? members : ['code', 'detail', 'remedy'])}`,
    );
    if (!expect.includes(answer.status)) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return answer.value;
  }
  /** A command on a resource: on top of the version that was read before, as the contract asks. */
  async command(path, name, { body = {}, members = ['state', 'stage'], expect } = {}) {
    const { etag } = await this.call('GET', path);
    return this.ask('POST', `${path}/commands/${name}`, { body, members, etag: etag ?? '"none"', expect });
  }

  /** Fetches a file of the example portal in one's own name. */
  async download(path, expected) {
    this.transcript.command(`api $${this.who} GET "${path}"`);
    const began = performance.now();
    const { status, text, value } = await this.call('GET', path);
    const took = (performance.now() - began).toFixed(1);
    const answer = status === 200 ? text.split('\n', 3).join('\n') : shown(value, ['code', 'detail', 'nextStep']);
    this.transcript.say(`${status} (${took} ms)\n${answer}`);
    if (status !== expected) throw new Error(`the portal answered ${status}, expected ${expected}`);
  }
}
