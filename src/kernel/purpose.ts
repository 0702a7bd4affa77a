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

/** From the widest to the narrowest: a file in hand, answers to calls, work inside the holder's sandbox. */
const WIDTH: Readonly<Record<Delivery, number>> = { download: 3, api: 2, sandbox: 1 };

export const isNarrower = (delivery: Delivery, than: Delivery): boolean => WIDTH[delivery] < WIDTH[than];
