import type { Route } from '../http/index.js';
import type { Colleagues } from './create-colleagues.js';
import { colleagueRoutes as peopleRoutes } from './http/colleague-routes.js';
import { invitationRoutes } from './http/invitation-routes.js';
import { InvitationRow, invitationTable } from './store/invitation-row.js';

export const colleagueEntities = [InvitationRow];
export const colleagueTables = [invitationTable];

/** Every route of the slice. */
export const colleagueRoutes = (colleagues: Colleagues): Route[] => [
  ...peopleRoutes(colleagues),
  ...invitationRoutes(colleagues),
];

export { createColleagues, type Colleagues } from './create-colleagues.js';
export type { InvitationLetter } from './invitation-service.js';
