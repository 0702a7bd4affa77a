import { getDocumentProxy } from 'unpdf';

/** A piece of text and where it stands, in points from the lower left corner. */
export interface PrintedText {
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

/** The pages of a PDF as a reader of another make sees them: the texts of each, as they were written. */
export async function printedPages(pdf: Uint8Array): Promise<PrintedText[][]> {
  const document = await getDocumentProxy(new Uint8Array(pdf));
  const pages: PrintedText[][] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const { items } = await (await document.getPage(number)).getTextContent();
    const texts = items.flatMap((item) =>
      'str' in item && item.str.trim() !== '' ? [{ text: item.str, x: item.transform[4], y: item.transform[5] }] : [],
    );
    pages.push(texts);
  }
  await document.destroy();
  return pages;
}

/** Everything printed, page by page, without spaces, which at the ends of lines say nothing about words. */
export const printedText = (pages: readonly (readonly PrintedText[])[]): string[] =>
  pages.map((texts) =>
    texts
      .map(({ text }) => text)
      .join('')
      .replaceAll(/\s/g, ''),
  );
