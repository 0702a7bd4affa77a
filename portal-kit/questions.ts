/** A question as the wire has it (AuthZEN 1.0): who wants what, for which purpose. */
export interface Question {
  readonly subject: {
    readonly type: 'organisation' | 'user' | 'anonymous';
    readonly id: string;
    readonly properties?: { readonly issuer?: string; readonly organisation?: string };
  };
  readonly resource: {
    readonly type: 'dataset' | 'distribution';
    readonly id: string;
    readonly properties?: { readonly publisher?: string; readonly items?: readonly string[] };
  };
  readonly action: { readonly name: 'read' | 'download' | 'api' | 'sandbox' };
  readonly context?: { readonly purpose?: string; readonly minRevision?: number };
}

export const ANONYMOUS: Question['subject'] = { type: 'anonymous', id: 'anonymous' };
