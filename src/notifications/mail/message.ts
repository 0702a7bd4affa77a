import type { SendMailOptions } from 'nodemailer';
import { oneLine } from '../domain/mailing.js';
import type { Posted } from './mail-ports.js';

/**
 * A letter as nodemailer takes it: name and address apart, so that nothing in a name is read as another address; no
 * attachments and no addresses that it would fetch.
 */
export const messageOf = ({ id, to, subject, body, language }: Posted, from: string): SendMailOptions => ({
  from: { name: 'Tiergate', address: from },
  to: { name: oneLine(to.name), address: to.address },
  subject: oneLine(subject),
  text: body,
  messageId: `<${id.toLowerCase()}@${from.split('@').at(-1) ?? 'tiergate'}>`,
  // Not answered by machines (RFC 3834).
  headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': language === 'zh' ? 'zh-CN' : 'en' },
  disableFileAccess: true,
  disableUrlAccess: true,
});
