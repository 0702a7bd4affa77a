/** Problems of the grants chapter. */
export const grantProblems = {} as const;
