import { contactValidators } from './contacts.js';
import { identifierValidators } from './identifiers.js';
import { insideValidators } from './inside.js';
import { maskedValidators } from './masked.js';
import { momentValidators } from './moments.js';
import { nameValidators } from './names.js';
import { placeValidators } from './places.js';
import type { ValidatorMaker } from './validator.js';
import { wordValidators } from './words.js';

/** Every validator that `columns.yaml` may name. The name is what a form in SQL is paired with. */
export const VALIDATORS: Readonly<Record<string, ValidatorMaker>> = {
  ...identifierValidators,
  ...contactValidators,
  ...nameValidators,
  ...momentValidators,
  ...placeValidators,
  ...maskedValidators,
  ...insideValidators,
  ...wordValidators,
};
