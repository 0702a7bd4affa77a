import LineBreaker from 'linebreak';

/** Width of a text in the unit of the column. */
type WidthOf = (text: string) => number;

/** A piece too wide for a line, in parts that fit; a mark stays with its letter. */
function* cut(piece: string, width: number, widthOf: WidthOf): Generator<string> {
  let part = '';
  for (const character of piece.match(/[^]\p{M}*/gu) ?? []) {
    if (part !== '' && widthOf(part + character) > width) {
      yield part;
      part = '';
    }
    part += character;
  }
  yield part;
}

/** The pieces between which a line may end, by the Unicode line breaking algorithm (UAX #14). */
function* piecesOf(paragraph: string): Generator<string> {
  const breaker = new LineBreaker(paragraph);
  let from = 0;
  for (let stop = breaker.nextBreak(); stop !== null; stop = breaker.nextBreak()) {
    yield paragraph.slice(from, stop.position);
    from = stop.position;
  }
}

function* linesOfParagraph(paragraph: string, width: number, widthOf: WidthOf): Generator<string> {
  let line = '';
  for (const piece of piecesOf(paragraph)) {
    if (widthOf((line + piece).trimEnd()) <= width) {
      line += piece;
      continue;
    }
    if (line !== '') yield line.trimEnd();
    const parts = [...cut(piece.trimEnd(), width, widthOf)];
    yield* parts.slice(0, -1);
    line = parts.length > 1 ? (parts.at(-1) ?? '') + piece.slice(piece.trimEnd().length) : piece;
  }
  yield line.trimEnd();
}

/** A text in lines no wider than the column. A word wider than that is cut; nothing is left out but spaces at line ends. */
export const brokenLines = (text: string, width: number, widthOf: WidthOf): string[] =>
  text === '' ? [] : text.split('\n').flatMap((paragraph) => [...linesOfParagraph(paragraph, width, widthOf)]);
