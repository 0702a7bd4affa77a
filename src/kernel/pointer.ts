/** A name as a step of a JSON pointer writes it (RFC 6901), without the slash before it. */
export const pointerName = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');
