/**
 * Canonical JSON in the spirit of RFC 8785: keys sorted by UTF-16 code units, no spaces, absent values left out.
 * Equal values give equal text, so hashes over it can be compared.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  return Array.isArray(value) ? listText(value) : membersText(value as Readonly<Record<string, unknown>>);
}

function listText(list: readonly unknown[]): string {
  let text = '[';
  for (let at = 0; at < list.length; at++) text += at === 0 ? canonicalJson(list[at]) : `,${canonicalJson(list[at])}`;
  return `${text}]`;
}

/** `sort` without a comparison of its own is by UTF-16 code units. */
function membersText(value: Readonly<Record<string, unknown>>): string {
  let text = '';
  for (const key of Object.keys(value).sort()) {
    const member = value[key];
    if (member !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(member)}`;
  }
  return `{${text}}`;
}
