import { Caller } from './caller.js';
import { type Cases, fine } from './cases.js';

const PASSWORD = 'window seven hills';

/** Somebody whom the administrator invites into the organisation of `beside`, with a post, who then signs in. */
export async function newcomer(
  cases: Cases,
  address: string,
  given: {
    readonly username: string;
    readonly name?: string;
    readonly beside: Parameters<Cases['as']>[0];
    readonly role?: string;
  },
): Promise<{ readonly id: string; readonly caller: Caller }> {
  const admin = cases.as('admin');
  const organisation = (await cases.as(given.beside).get('/api/me')).body.organisation.id as string;
  const body = { username: given.username, name: given.name ?? 'Ling Shuhua', organisation };
  const { id, invitation } = fine(await admin.post('/api/people', body)).body;
  if (given.role !== undefined) fine(await admin.post('/api/posts', { organisation, role: given.role, holder: id }));
  fine(await Caller.anonymous(address).post('/api/auth/invitations', { invitation, password: PASSWORD }));
  const signIn = { grantType: 'password', username: given.username, password: PASSWORD };
  const { access_token } = fine(await Caller.anonymous(address).post('/api/auth/token', signIn)).body;
  return { id, caller: Caller.withToken(address, access_token) };
}
