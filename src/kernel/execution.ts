/**
 * How an agreement is concluded, as its template says: by the signatory's acceptance alone, with the holder's
 * counter-signature, or by a sealed document that the signatory hands in and the holder confirms.
 */
export const EXECUTIONS = ['acceptance', 'counter-signature', 'sealed-document'] as const;
export type Execution = (typeof EXECUTIONS)[number];
