import iconv from 'iconv-lite';

/** A text as GB18030. */
export const gb18030 = (text: string): Buffer => iconv.encode(text, 'gb18030');
