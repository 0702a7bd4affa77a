/** Problems of the catalogue chapter. */
export const catalogueProblems = {} as const;
