import PDFDocument from 'pdfkit';
import type { PaperFont } from './paper-font.js';
import { PAGE } from './page-layout.js';

/** Every paper bears this time, so that the same sheet gives the same bytes. */
const TIME = new Date('2018-04-01T00:00:00Z');
/** Colours as PDF writes them. */
const INK = '0.1 0.15 0.2';
const FAINT = '0.35 0.41 0.47';
const LINE = '0.62 0.69 0.75';
const FILL = '0.91 0.93 0.96';
/** Size of the foot; and from the top of a line to where letters stand, in parts of the size. */
const FOOT = 8;
const RISE = 1.06;

/** What PDFKit knows of the font in use: its glyphs are named here, since laying out once more what is laid out costs most. */
interface FontInUse {
  readonly id: string;
  ref(): unknown;
  encode(text: string): [readonly string[], unknown];
}

export interface Strokes {
  /** Letters drawn with their outline, for headings. */
  readonly bold?: boolean;
  readonly faint?: boolean;
}

/** Lines that are remembered as glyphs: labels and grounds come again and again. */
const REMEMBERED = 4000;
const at = (value: number): string => (Math.round(value * 100) / 100).toString();

/** Pages one after the other: text and lines at places, and a foot that tells of how many each is one. */
export class SheetsOfPaper {
  private readonly document: PDFKit.PDFDocument;
  /** Drawn on every page, written when their number is known. */
  private readonly total: PDFKit.PDFKitReference;
  private readonly font: FontInUse;
  private readonly glyphs = new Map<string, string>();
  private pages = 0;

  constructor(
    title: string,
    private readonly face: PaperFont,
    private readonly page: { readonly width: number; readonly height: number } = PAGE,
  ) {
    this.document = new PDFDocument({
      size: [page.width, page.height],
      margin: 0,
      autoFirstPage: false,
      fontLayoutCache: false,
      displayTitle: true,
      info: { Title: title, Creator: 'Tiergate', Producer: 'Tiergate', CreationDate: TIME, ModDate: TIME },
    });
    this.document.font(face.face as unknown as Buffer);
    this.font = (this.document as unknown as { readonly _font: FontInUse })._font;
    this.total = this.document.ref({ Type: 'XObject', Subtype: 'Form', BBox: [0, -5, 300, 15] });
  }

  /** Begins the next page. */
  turn(): void {
    this.document.addPage();
    this.document.page.fonts[this.font.id] = this.font.ref();
    this.document.page.xobjects['Total'] = this.total;
    this.pages += 1;
    const [middle, y] = [this.page.width / 2, this.page.height - 20];
    const own = `第 ${this.pages} 页  Page ${this.pages}`;
    this.write(own, middle - 8 - this.face.widthOf(own) * FOOT, y - RISE * FOOT, FOOT, { faint: true });
    this.document.addContent(`q 1 0 0 -1 ${at(middle + 8)} ${at(y)} cm /Total Do Q`);
  }

  /** One line of text, its top left corner there. */
  write(text: string, x: number, y: number, size: number, { bold = false, faint = false }: Strokes = {}): void {
    if (text === '') return;
    const ink = faint ? FAINT : INK;
    const outline = bold ? `${ink} RG ${at(size * 0.035)} w 2 Tr` : '0 Tr';
    this.document.addContent(
      `BT ${ink} rg ${outline} /${this.font.id} ${size} Tf 1 0 0 -1 ${at(x)} ${at(y + RISE * size)} Tm <${this.glyphsOf(text)}> Tj ET`,
    );
  }

  line(fromX: number, fromY: number, toX: number, toY: number): void {
    this.document.addContent(`${LINE} RG 0.5 w ${at(fromX)} ${at(fromY)} m ${at(toX)} ${at(toY)} l S`);
  }

  box(x: number, y: number, width: number, height: number): void {
    this.document.addContent(`${FILL} rg ${at(x)} ${at(y)} ${at(width)} ${at(height)} re f`);
  }

  /** Ends the last page and all that was promised before. */
  end(): void {
    const glyphs = this.glyphsOf(`共 ${this.pages} 页  of ${this.pages}`);
    Object.assign(this.total.data, { Resources: { Font: { [this.font.id]: this.font.ref() } } });
    this.total.end(`BT ${FAINT} rg /${this.font.id} ${FOOT} Tf <${glyphs}> Tj ET`);
    this.document.end();
  }

  /** What is ready to leave. */
  take(): Uint8Array | null {
    return this.document.read() as Uint8Array | null;
  }

  private glyphsOf(text: string): string {
    const known = this.glyphs.get(text);
    if (known !== undefined) return known;
    if (this.glyphs.size >= REMEMBERED) this.glyphs.clear();
    const glyphs = this.font.encode(text)[0].join('');
    this.glyphs.set(text, glyphs);
    return glyphs;
  }
}
