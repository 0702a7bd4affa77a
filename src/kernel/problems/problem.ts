/** One row of the code table: HTTP status, and title and remedy in both languages. The remedy says what to do next. */
export interface Problem {
  readonly status: number;
  readonly title: { readonly en: string; readonly zh: string };
  readonly remedy: { readonly en: string; readonly zh: string };
}

/** Builds a row; keeps the tables readable: status, English title and remedy, Chinese title and remedy. */
export const problem = (status: number, en: string, enRemedy: string, zh: string, zhRemedy: string): Problem => ({
  status,
  title: { en, zh },
  remedy: { en: enRemedy, zh: zhRemedy },
});
