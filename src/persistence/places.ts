/** One place of a statement for each value, for `IN (…)` and `VALUES (…)`. */
export const places = (values: readonly unknown[]): string => values.map(() => '?').join(', ');
