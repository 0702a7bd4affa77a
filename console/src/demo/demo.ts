import type { Role } from '../api/types';

/** The server writes into the page how it runs; only a demo has the accounts below, and they hold no secret. */
export const isDemo = document.querySelector<HTMLMetaElement>('meta[name="tiergate-mode"]')?.content !== 'production';
export const DEMO_PASSWORD = 'tiergate-demo';

export interface DemoAccount {
  readonly username: string;
  readonly role: Role;
}
export const DEMO_ACCOUNTS: readonly DemoAccount[] = [
  { username: 'enterprise-a-handler', role: 'handler' },
  { username: 'enterprise-a-signatory', role: 'signatory' },
  { username: 'enterprise-b-handler', role: 'handler' },
  { username: 'enterprise-b-signatory', role: 'signatory' },
  { username: 'handler-health', role: 'handler' },
  { username: 'signatory-health', role: 'signatory' },
  { username: 'studio', role: 'handler' },
  { username: 'citizen', role: 'citizen' },
  { username: 'reviewer-transport', role: 'reviewer' },
  { username: 'reviewer-health', role: 'reviewer' },
  { username: 'approver', role: 'approver' },
  { username: 'approver-deputy', role: 'approver' },
  { username: 'supervisor', role: 'supervisor' },
  { username: 'steward-transport', role: 'steward' },
  { username: 'steward-health', role: 'steward' },
  { username: 'officer', role: 'officer' },
  { username: 'officer-2', role: 'officer' },
  { username: 'auditor', role: 'auditor' },
  { username: 'admin', role: 'admin' },
  { username: 'admin-2', role: 'admin' },
];
