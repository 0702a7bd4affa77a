/** Problems of the decisions chapter. */
export const decisionProblems = {} as const;
