import { createTransport } from 'nodemailer';
import { messageOf } from './message.js';
import type { Posted, PostOffice, PostOutcome } from './mail-ports.js';

/** The longest a server may keep one mail waiting, in milliseconds: connecting, greeting, and between its answers. */
const PATIENCE = 10_000;
/** The longest one mail takes in all. */
const IN_ALL = 30_000;

/** Hands mails to a server. */
export class SmtpOffice implements PostOffice {
  private readonly transport;
  private readonly ended = new AbortController();

  constructor(
    url: string,
    private readonly from: string,
    private readonly patience = PATIENCE,
    private readonly inAll = IN_ALL,
  ) {
    this.transport = createTransport({
      url,
      connectionTimeout: patience,
      greetingTimeout: patience,
      socketTimeout: patience,
      dnsTimeout: patience,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }

  async send(letter: Posted): Promise<PostOutcome> {
    let stop = (): void => {};
    const late = new Promise<never>((_resolve, reject) => {
      stop = () => reject(new Error('stopped, or the server took too long'));
    });
    const timer = setTimeout(stop, this.inAll);
    this.ended.signal.addEventListener('abort', stop, { once: true });
    try {
      if (this.ended.signal.aborted) stop();
      await Promise.race([this.transport.sendMail(messageOf(letter, this.from)), late]);
      return { kind: 'sent' };
    } catch (error) {
      return outcomeOf(error as Fault);
    } finally {
      clearTimeout(timer);
      this.ended.signal.removeEventListener('abort', stop);
    }
  }

  close(): void {
    this.ended.abort();
    this.transport.close();
  }
}

interface Fault extends Error {
  readonly code?: string;
  readonly responseCode?: number;
}

/** Of the mail itself: its recipient, its content; everything else would stop any other mail too. */
const OF_THE_MAIL = new Set(['EENVELOPE', 'EMESSAGE']);

function outcomeOf({ code, responseCode = 0, message }: Fault): PostOutcome {
  const error = `${code ?? 'error'}: ${message}`;
  if (!OF_THE_MAIL.has(code ?? '')) return { kind: 'unreachable', error };
  return { kind: responseCode >= 500 ? 'refused' : 'later', error };
}
