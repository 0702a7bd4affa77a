import { type Language, TEXTS, type TextCode } from './texts.js';
import { keepItems, type Shelf, type ShelfEntry } from './shelf.js';

/** Who runs this portal: a machine account of Tiergate. */
export interface PortalAccount {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Who stands at the counter: the visitor's own credential at Tiergate, if any; for what, if said; in which language. */
export interface PortalVisit {
  readonly authorization?: string | undefined;
  readonly purpose?: string | undefined;
  readonly language?: Language;
}

/** What the portal answers: a file, or why not. */
export interface PortalAnswer {
  readonly status: 200 | 401 | 403 | 404 | 503;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface Obligation {
  readonly type: string;
  readonly keep?: readonly string[];
  readonly source?: string;
}

interface Decision {
  readonly decision: boolean;
  readonly context: {
    readonly reason: { readonly code: string; readonly text: string };
    readonly obligations?: readonly Obligation[];
    readonly nextStep?: { readonly code: string; readonly href?: string };
    readonly grant?: string;
    /** Where only some of the items are covered. */
    readonly items?: { readonly covered: readonly string[] };
    readonly evaluationId: string;
  };
}

interface Visitor {
  readonly type: 'user' | 'anonymous';
  readonly id: string;
  readonly properties?: { readonly organisation: string };
}

interface Named {
  readonly id: string;
}

/** What a visitor wants. */
interface Wish {
  readonly visitor: Visitor;
  readonly distribution: string;
  readonly action: string;
  readonly purpose: string | undefined;
  readonly language: Language;
}

const KNOWN_OBLIGATIONS = new Set(['attribute', 'log', 'count', 'mask']);
/** Reasons that mean "could not decide": the visitor may try again, it is not a no. */
const UNDECIDED = new Set(['could-not-decide', 'stale', 'behind']);
const PATIENCE = 3000;

const refusal = (
  status: PortalAnswer['status'],
  code: string,
  detail: string,
  language: Language,
  more: object = {},
): PortalAnswer => ({
  status,
  headers: {
    'content-type': 'application/problem+json; charset=utf-8',
    'content-language': language,
    ...(status === 503 ? { 'retry-after': '2' } : {}),
  },
  body: JSON.stringify({ title: TEXTS['not-served'][language], status, code, detail, ...more }),
});
/** A refusal of the portal's own making. */
const own = (status: PortalAnswer['status'], code: TextCode, language: Language): PortalAnswer =>
  refusal(status, code, TEXTS[code][language], language);

/**
 * A portal as a city might run one, in little: it keeps files, and before each one leaves it asks Tiergate over HTTP
 * whether this visitor may have it now. It fails closed: no answer, an unknown obligation, a fault → nothing is served.
 */
export class ExamplePortal {
  private token: Promise<string> | undefined;

  constructor(
    private readonly tiergate: () => string,
    private readonly account: PortalAccount,
    private readonly shelf: Shelf,
  ) {}

  async serve(distribution: string, visit: PortalVisit = {}): Promise<PortalAnswer> {
    const { authorization, purpose, language = 'en' } = visit;
    const entry = await this.shelf.find(distribution);
    if (entry === undefined) return own(404, 'not-found', language);
    try {
      const visitor = await this.visitor(authorization);
      if (visitor === undefined) return own(401, 'unauthenticated', language);
      const answer = await this.narrowed({ visitor, distribution, action: entry.action, purpose, language });
      return refusalOf(answer, language) ?? (await this.deliver(distribution, entry, answer, language));
    } catch {
      return own(503, 'could-not-decide', language);
    }
  }

  /** The dataset whose file this is, for the page that shows it. */
  async datasetOf(distribution: string): Promise<string | undefined> {
    return (await this.shelf.find(distribution))?.dataset;
  }

  private async deliver(
    distribution: string,
    entry: ShelfEntry,
    { context }: Decision,
    language: Language,
  ): Promise<PortalAnswer> {
    const text = await this.shelf.read(distribution, entry);
    if (text === undefined) return own(404, 'not-found', language);
    const keep = context.obligations?.find(({ type }) => type === 'mask')?.keep;
    const body = keep === undefined ? text : keepItems(text, entry.format, keep);
    if (context.obligations?.some(({ type }) => type === 'count') === true)
      await this.report(distribution, entry, context, body);
    return {
      status: 200,
      headers: {
        'content-type': entry.format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json; charset=utf-8',
        'content-disposition': `attachment; filename="${distribution}.${entry.format}"`,
        'x-data-source': encodeURIComponent(sourceOf(context) ?? entry.source),
        'x-evaluation-id': context.evaluationId,
        'x-reason': context.reason.code,
      },
      body,
    };
  }

  private async visitor(authorization: string | undefined): Promise<Visitor | undefined> {
    if (authorization === undefined) return { type: 'anonymous', id: 'anonymous' };
    const answer = await this.call('/api/me', { headers: { authorization } });
    if (answer.status === 401) return undefined;
    const { subject, organisation } = (await json(answer)) as { subject: { id: string }; organisation: Named | null };
    const acting = organisation === null ? {} : { properties: { organisation: organisation.id } };
    return { type: 'user', id: subject.id, ...acting };
  }

  /** Takes the next step `narrow-items` by itself: asks for the covered items where not all are. */
  private async narrowed(wish: Wish): Promise<Decision> {
    const answer = await this.ask(wish);
    const { reason, items } = answer.context;
    return reason.code === 'items-partly-covered' && items !== undefined ? this.ask(wish, items.covered) : answer;
  }

  private async ask(
    { visitor, distribution, action, purpose, language }: Wish,
    items?: readonly string[],
  ): Promise<Decision> {
    const narrowing = items === undefined ? {} : { properties: { items } };
    const question = {
      subject: visitor,
      resource: { type: 'distribution', id: distribution, ...narrowing },
      action: { name: action },
      context: purpose === undefined ? {} : { purpose },
    };
    return (await json(await this.post('/access/v1/evaluation', question, language))) as Decision;
  }

  private async report(
    distribution: string,
    { dataset }: ShelfEntry,
    { evaluationId, grant }: Decision['context'],
    body: string,
  ): Promise<void> {
    const bytes = Buffer.byteLength(body);
    await json(await this.post('/access/v1/deliveries', { evaluationId, dataset, distribution, grant, bytes }, 'en'));
  }

  /** Posts with the portal's own token; an expired one is fetched anew, once. */
  private async post(path: string, body: object, language: Language, again = true): Promise<Response> {
    this.token ??= this.signIn();
    const token = await this.token.catch((error: unknown) => {
      this.token = undefined;
      throw error;
    });
    const answer = await this.call(path, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'accept-language': language },
      body: JSON.stringify(body),
    });
    if (answer.status !== 401 || !again) return answer;
    this.token = undefined;
    return this.post(path, body, language, false);
  }

  private async signIn(): Promise<string> {
    const answer = await this.call('/api/auth/token', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ grantType: 'client_credentials', ...this.account }),
    });
    return ((await json(answer)) as { access_token: string }).access_token;
  }

  private call(path: string, init: RequestInit): Promise<Response> {
    return fetch(this.tiergate() + path, { ...init, signal: AbortSignal.timeout(PATIENCE) });
  }
}

async function json(answer: Response): Promise<unknown> {
  if (!answer.ok) throw new Error(`Tiergate answered ${answer.status}`);
  return answer.json();
}

/** Whom to name as the source, in the visitor's language. */
const sourceOf = ({ obligations }: Decision['context']): string | undefined =>
  obligations?.find(({ type }) => type === 'attribute')?.source;

function refusalOf({ decision, context }: Decision, language: Language): PortalAnswer | undefined {
  const { reason, nextStep } = context;
  const more = { nextStep, evaluationId: context.evaluationId };
  if (UNDECIDED.has(reason.code)) return refusal(503, reason.code, reason.text, language, more);
  if (decision !== true) return refusal(403, reason.code, reason.text, language, more);
  const known = context.obligations?.every(({ type }) => KNOWN_OBLIGATIONS.has(type)) ?? true;
  return known ? undefined : own(503, 'unknown-obligation', language);
}
