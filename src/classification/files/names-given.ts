/** Names of columns as a person gives them: with commas of either kind or one a line; blanks around them do not count. */
export const namesGiven = (text: string): readonly string[] => [
  ...new Set(
    text
      .split(/[,，\n]/)
      .map((name) => name.trim())
      .filter((name) => name !== ''),
  ),
];
