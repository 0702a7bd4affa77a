/** How the authority rules on one dataset of an application. */
export const RULINGS = ['approved', 'approved-in-part', 'refused'] as const;
export type Ruling = (typeof RULINGS)[number];
