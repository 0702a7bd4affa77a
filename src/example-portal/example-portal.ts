import {
  ANONYMOUS,
  cutWithAccess,
  keptItems,
  KNOWN_OBLIGATIONS,
  type Machine,
  type Permit,
  PortalClient,
  type Question,
  refusalOf,
  sourceOf,
  type Verdict,
} from '../../portal-kit/index.js';
import { keepItems, type Shelf, type ShelfEntry } from './shelf.js';
import { type Language, TEXTS, type TextCode } from './texts.js';

/** Who runs this portal: a machine account of Tiergate. */
export interface PortalAccount {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Who stands at the counter: the visitor's own credential at Tiergate, if any; for what, if said; in which language. */
export interface PortalVisit {
  readonly authorization?: string | undefined;
  /** The key of a grant, where a machine comes. */
  readonly apiKey?: string | undefined;
  readonly purpose?: string | undefined;
  readonly language?: Language;
}

/** What the portal answers: a file, or why not. */
export interface PortalAnswer {
  readonly status: 200 | 401 | 403 | 404 | 503;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** To be called with the reply before the body leaves: ends it when access does, where the terms ask for that. */
  readonly watch?: (reply: Parameters<typeof cutWithAccess>[3]) => void;
}

/** A refusal of the portal's own making. */
const own = (status: PortalAnswer['status'], code: TextCode, language: Language): PortalAnswer => ({
  status,
  headers: {
    'content-type': 'application/problem+json; charset=utf-8',
    'content-language': language,
    ...(status === 503 ? { 'retry-after': '2' } : {}),
  },
  body: JSON.stringify({ title: TEXTS['not-served'][language], status, code, detail: TEXTS[code][language] }),
});

/** Why Tiergate does not permit it, in its words; what the kit could not make out, in the portal's. */
function refusal(verdict: Exclude<Verdict, Permit>, language: Language): PortalAnswer {
  if (verdict.kind === 'undecided' && verdict.reason.code === 'unknown-obligation')
    return own(503, 'unknown-obligation', language);
  if (verdict.kind === 'undecided' && KIT_CODES.has(verdict.reason.code)) return own(503, 'could-not-decide', language);
  const { status, headers, body } = refusalOf(verdict);
  return {
    status,
    headers: { ...headers, 'content-language': language },
    body: JSON.stringify({ title: TEXTS['not-served'][language], ...body }),
  };
}
const KIT_CODES: ReadonlySet<string> = new Set(['no-answer', 'malformed-answer', 'clock-skew']);

/**
 * A portal as a city might run one, in little: it keeps files, and before each one leaves it asks Tiergate over HTTP
 * whether this visitor may have it now. All of the asking is the portal kit's, which fails closed.
 */
export class ExamplePortal {
  private readonly client: PortalClient;

  constructor(
    tiergate: () => string,
    account: PortalAccount,
    private readonly shelf: Shelf,
    clock: () => number = Date.now,
  ) {
    this.client = new PortalClient({ tiergate, account, clock, obligations: [...KNOWN_OBLIGATIONS, 'cut'] });
  }

  async serve(distribution: string, visit: PortalVisit = {}): Promise<PortalAnswer> {
    const { purpose, language = 'en' } = visit;
    const entry = await this.shelf.find(distribution);
    if (entry === undefined) return own(404, 'not-found', language);
    try {
      const asking = await this.asking(visit);
      if (asking === 'invalid') return own(401, 'unauthenticated', language);
      const { subject, client } = asking;
      const question: Question = {
        subject,
        resource: { type: 'distribution', id: distribution },
        action: { name: entry.action },
        context: purpose === undefined ? {} : { purpose },
      };
      const verdict = await client.checkNarrowed(question, language);
      if (verdict.kind !== 'permit') return refusal(verdict, language);
      const answer = await this.deliver(distribution, entry, verdict, language);
      return { ...answer, watch: (reply) => cutWithAccess(client, question, verdict, reply) };
    } catch {
      return own(503, 'could-not-decide', language);
    }
  }

  /** The dataset whose file this is, for the page that shows it. */
  async datasetOf(distribution: string): Promise<string | undefined> {
    return (await this.shelf.find(distribution))?.dataset;
  }

  /** Who is asked about, and with what: a machine's key asks by itself, so that its grant alone counts. */
  private async asking({ authorization, apiKey }: PortalVisit): Promise<Machine | 'invalid'> {
    const { client } = this;
    if (apiKey !== undefined) return authorization === undefined ? client.machine(apiKey) : 'invalid';
    if (authorization === undefined) return { subject: ANONYMOUS, client };
    const visitor = await client.visitor(authorization);
    return visitor === 'invalid' ? visitor : { subject: visitor.subject, client };
  }

  private async deliver(
    distribution: string,
    entry: ShelfEntry,
    permit: Permit,
    language: Language,
  ): Promise<PortalAnswer> {
    const text = await this.shelf.read(distribution, entry);
    if (text === undefined) return own(404, 'not-found', language);
    const keep = keptItems(permit);
    const body = keep === null ? text : keepItems(text, entry.format, keep);
    const { dataset, format, source } = entry;
    await this.client.delivered(permit, { dataset, distribution, bytes: Buffer.byteLength(body) });
    return {
      status: 200,
      headers: {
        'content-type': format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json; charset=utf-8',
        'content-disposition': `attachment; filename="${distribution}.${format}"`,
        'x-data-source': encodeURIComponent(sourceOf(permit) ?? source),
        'x-evaluation-id': permit.evaluationId,
        'x-reason': permit.reason.code,
      },
      body,
    };
  }
}
