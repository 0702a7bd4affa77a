import { command, pageAfter, placeOf, plain, query, type Reply, replyOf, type Route } from '../../http/index.js';
import { etagOf } from '../../kernel/etag.js';
import type { Result } from '../../kernel/result.js';
import { isoOf } from '../../kernel/time.js';
import type { Reader } from '../../persistence/index.js';
import type { Notifications } from '../create-notifications.js';
import { codeHoldsUntil } from '../domain/confirming.js';
import { isRetriable, MAIL_COMMANDS } from '../domain/mailing.js';
import type { Mail, MailPreference } from '../mail/mail-ports.js';
import {
  MailCodeBody,
  MailListQuery,
  MailListResponse,
  MailPreferenceBody,
  MailPreferenceResponse,
  MailResponse,
} from './mail-shapes.js';
import { ID } from './notification-shapes.js';

const TAG = 'Notifications';
type Mailing = Pick<Notifications, 'mail' | 'preferences'>;

/** One's own wishes for mail; for administrators what is on its way, and what was given up. */
export const mailRoutes = ({ mail, preferences }: Mailing): Route[] => [
  ...preferenceRoutes(preferences),
  query<MailListQuery>({
    path: '/api/mails',
    permission: 'mail.read',
    summary: 'Mails on their way and what became of them, newest first',
    tag: TAG,
    query: MailListQuery,
    response: MailListResponse,
    handler: async ({ query: { limit, pageToken, state } }, reader) => {
      const before = placeOf(pageToken, ID);
      if (!before.ok) return before;
      const filter = state === undefined ? {} : { state };
      const { items, total } = await mail.deps.mails.list(reader, filter, limit + 1, before.value);
      const { waiting, failed, oldest } = await mail.deps.mails.figures(reader);
      const figures = { waiting, failed, oldest: oldest === null ? null : isoOf(oldest) };
      const shown = await mailViews(mail, reader, items);
      return replyOf({ ...pageAfter(shown, limit, total, ({ id }) => id), figures });
    },
  }),
  command({
    path: '/api/mails/:id/commands/retry',
    permission: 'mail.retry',
    summary: 'Try a mail again that waits or was given up',
    tag: TAG,
    response: MailResponse,
    handler: async ({ params }, tx) => {
      const done = await mail.retry(tx, params['id'] ?? '');
      return done.ok ? replyOf((await mailViews(mail, tx, [done.value]))[0]) : done;
    },
  }),
];

const preferenceRoutes = (preferences: Mailing['preferences']): Route[] => [
  query({
    path: '/api/me/mail',
    permission: 'me.mail',
    summary: 'How I want to be told by mail',
    tag: TAG,
    response: MailPreferenceResponse,
    handler: async ({ principal }, reader) => shown(await preferences.store.find(reader, principal.id)),
  }),
  command<MailPreferenceBody>({
    path: '/api/me/mail',
    method: 'patch',
    permission: 'me.mail',
    summary: 'Choose an address and how often; a new address is used once it is confirmed with the code sent there',
    tag: TAG,
    body: MailPreferenceBody,
    response: MailPreferenceResponse,
    ifMatch: true,
    handler: async ({ principal, body, ifMatch }, tx) => {
      const done = await preferences.change(tx, principal, ifMatch, plain(body));
      return done.ok ? shown(done.value) : done;
    },
  }),
  command<MailCodeBody>({
    path: '/api/me/mail/commands/confirm',
    permission: 'me.mail',
    summary: 'Confirm the address with the code that was sent there',
    tag: TAG,
    body: MailCodeBody,
    response: MailPreferenceResponse,
    handler: async ({ principal, body: { code } }, tx) => {
      const done = await preferences.confirm(tx, principal, code);
      return done.ok ? shown(done.value) : done;
    },
  }),
  command({
    path: '/api/me/mail/commands/send-code',
    permission: 'me.mail',
    summary: 'Send another code to an address that waits for it; five an hour at most',
    tag: TAG,
    response: MailPreferenceResponse,
    handler: async ({ principal }, tx) => {
      const done = await preferences.sendCode(tx, principal);
      return done.ok ? shown(done.value) : done;
    },
  }),
];

const shown = ({ address, askedAt, mode, language, version }: MailPreference): Result<Reply> => {
  const codeUntil = askedAt === null ? null : isoOf(codeHoldsUntil(askedAt));
  return replyOf({ address, codeUntil, mode, language, etag: etagOf(version) }, { version });
};

async function mailViews({ deps }: Mailing['mail'], reader: Reader, mails: readonly Mail[]) {
  const names = await deps.surroundings.names(reader, [...new Set(mails.map(({ person }) => person))]);
  return mails.map((mail) => mailView(mail, names.get(mail.person) ?? ''));
}

const mailView = (
  { id, person, kind, state, tries, madeAt, nextAt, settledAt, lastError }: Mail,
  personName: string,
) => ({
  id,
  person,
  personName,
  kind,
  state,
  tries,
  madeAt: isoOf(madeAt),
  nextAt: isoOf(nextAt),
  settledAt: settledAt === null ? null : isoOf(settledAt),
  lastError,
  allowedCommands: isRetriable(state) ? MAIL_COMMANDS : [],
});
