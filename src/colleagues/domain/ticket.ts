import type { Id } from '../../kernel/ids.js';

/** A link names its ticket beside the secret, so that a lookup never compares secrets: `tgj_<ticket>_<secret>`. */
const TEXT = /^tgj_([0-7][0-9A-HJKMNP-TV-Z]{25})_([A-Za-z0-9_-]{43})$/;

export interface TicketParts {
  readonly ticket: Id;
  readonly secret: string;
}

export function ticketParts(text: string): TicketParts | null {
  const [, ticket, secret] = TEXT.exec(text) ?? [];
  return ticket === undefined || secret === undefined ? null : { ticket, secret };
}

export const ticketText = ({ ticket, secret }: TicketParts): string => `tgj_${ticket}_${secret}`;
