import { requirePacks } from '../../src/classification/index.js';

/** The number of the newest version of Shanghai's rules that the product brings; what is published is the next one. */
export const SHIPPED: number = requirePacks().current('cn-shanghai')?.pack.version ?? 0;
