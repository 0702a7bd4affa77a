/** Text cut into its lines while it comes in pieces. Empty lines are none, so that it does not matter how a line ends. */
export class Lines {
  /** What of the text is not ended yet. */
  rest = '';

  /** The lines that end in this piece. */
  ended(piece: string): readonly string[] {
    const lines = (this.rest + piece).split('\n');
    if (piece.includes('\r'))
      return this.kept(lines.flatMap((line) => (line.includes('\r') ? line.split('\r') : line)));
    return this.kept(lines);
  }

  private kept(lines: string[]): readonly string[] {
    this.rest = lines.pop() ?? '';
    return lines.filter((line) => line !== '');
  }
}
