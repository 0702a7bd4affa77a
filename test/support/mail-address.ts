import type { App } from '../../src/app.js';
import { type Caller } from './caller.js';
import { fine } from './cases.js';

/** Has somebody want mail, and confirms the address with the code that a letter would bring there. */
export async function wantMail(
  { unit, slices }: Pick<App, 'unit' | 'slices'>,
  caller: Pick<Caller, 'get' | 'post' | 'send'>,
  wish: { readonly address: string; readonly mode: 'at-once' | 'daily'; readonly language: 'zh' | 'en' },
): Promise<void> {
  const { etag } = fine(await caller.get('/api/me/mail')).body;
  fine(await caller.send('PATCH', '/api/me/mail', wish, { 'if-match': etag }));
  const { keys, preferences } = slices.notifications.mail.deps;
  const person = fine(await caller.get('/api/me')).body.subject.id as string;
  const code = keys.codeOf(person, await unit.read((reader) => preferences.find(reader, person)));
  fine(await caller.post('/api/me/mail/commands/confirm', { code }));
}
