import type { Field } from '../../src/kernel/fields.js';
import { credit } from './credit.js';
import { cultureLeisure } from './culture-leisure.js';
import { economy } from './economy.js';
import { educationScience } from './education-science.js';
import { environment } from './environment.js';
import { health } from './health.js';
import { institutions } from './institutions.js';
import { livelihood } from './livelihood.js';
import { publicSecurity } from './public-security.js';
import { society } from './society.js';
import { transport } from './transport.js';
import { urbanConstruction } from './urban-construction.js';

/** What each field's bodies publish, one table of series a field. */
export const VOCABULARY: Readonly<Record<Field, string>> = {
  economy,
  environment,
  'education-science': educationScience,
  transport,
  society,
  'public-security': publicSecurity,
  'culture-leisure': cultureLeisure,
  health,
  livelihood,
  institutions,
  'urban-construction': urbanConstruction,
  credit,
};
