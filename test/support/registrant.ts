import { Caller } from './caller.js';
import { type Cases, fine } from './cases.js';

const PASSWORD = 'window seven hills';

/** A resident number of nobody: a division that is not allocated, a day, a serial, its check digit (GB 11643). */
export function residentNumber(serial: number): string {
  const first = `99010019800228${String(serial).padStart(3, '0')}`;
  const sum = [...first].reduce((total, digit, at) => total + Number(digit) * (2 ** (17 - at) % 11), 0);
  return first + '10X98765432'.charAt(sum % 11);
}

export interface Registrant {
  readonly caller: Caller;
  readonly organisation: string;
  /** Signs in anew, after time has passed. */
  readonly enter: () => Promise<Caller>;
}

let registered = 0;

/** A natural person who registered under this name, was verified, and has signed in. */
export async function registeredPerson(cases: Cases, address: string, name: string): Promise<Registrant> {
  registered += 1;
  const number = residentNumber(registered);
  const username = `private-${registered}`;
  const anonymous = Caller.anonymous(address);
  const person = { username, name, password: PASSWORD, document: 'resident-id', number };
  const { id } = fine(await anonymous.post('/api/registrations', { kind: 'person', person })).body;
  const path = `/api/registrations/${id}`;
  fine(await cases.as('admin').post(`${path}/commands/check-identity`, { number }));
  const { organisation } = fine(await cases.as('admin').command(path, 'verify')).body;
  const signIn = { grantType: 'password', username, password: PASSWORD };
  const enter = async () => {
    const { access_token } = fine(await anonymous.post('/api/auth/token', signIn)).body;
    return Caller.withToken(address, access_token);
  };
  return { caller: await enter(), organisation, enter };
}
