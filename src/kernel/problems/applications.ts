/** Problems of the applications chapter. */
export const applicationProblems = {} as const;
