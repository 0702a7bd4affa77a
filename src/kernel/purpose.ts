/** Coded purposes of use; the application's scenario is free text beside it. */
export const PURPOSES = [
  'research',
  'product-development',
  'public-service',
  'education',
  'operations',
  'journalism',
  'marketing',
  'other',
] as const;
export type Purpose = (typeof PURPOSES)[number];

/** How data reaches the applicant. */
export const DELIVERIES = ['download', 'api', 'sandbox'] as const;
export type Delivery = (typeof DELIVERIES)[number];
