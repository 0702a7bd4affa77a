/** Roles a post may carry. Each has exactly the permissions `policies/routes.csv` names. */
export const ROLES = [
  'handler',
  'signatory',
  'citizen',
  'steward',
  'officer',
  'reviewer',
  'approver',
  'supervisor',
  'auditor',
  'admin',
  'portal',
] as const;
export type Role = (typeof ROLES)[number];
