import { ColleagueService } from './colleague-service.js';
import { type ColleaguesDeps, InvitationService } from './invitation-service.js';
import { DatabaseInvitationStore } from './store/database-invitation-store.js';
import { TicketKeys } from './ticket-keys.js';

export interface ColleaguesGround extends Pick<ColleaguesDeps, 'ids' | 'identity'> {
  /** The secret of the installation. */
  readonly secret: string;
}

/** The slice: an organisation's own people. */
export function createColleagues({ ids, identity, secret }: ColleaguesGround) {
  const store = new DatabaseInvitationStore();
  return {
    store,
    identity,
    invitations: new InvitationService({ ids, identity, store, keys: new TicketKeys(secret) }),
    people: new ColleagueService({ identity }),
  };
}
export type Colleagues = ReturnType<typeof createColleagues>;
