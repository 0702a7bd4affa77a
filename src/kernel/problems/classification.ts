/** Problems of the classification chapter. */
export const classificationProblems = {} as const;
