import type { Express } from 'express';

interface Operation {
  readonly summary: string;
  readonly tags: readonly string[];
  readonly 'x-permission'?: string;
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly required: boolean }[];
  readonly requestBody?: object;
}

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const STYLE = `body{font-family:system-ui,'Noto Sans CJK SC',sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;line-height:1.5;color:#1c2733}
code{font-family:ui-monospace,monospace}h2{margin-top:2.5rem;border-bottom:1px solid #d5dde5}table{border-collapse:collapse;width:100%}
td{padding:.35rem .6rem .35rem 0;vertical-align:top;border-bottom:1px solid #edf1f4}.m{font-weight:600;white-space:nowrap}.p{color:#56667a}`;

function row(path: string, method: string, operation: Operation): string {
  const inputs = operation.parameters.map(
    ({ name, in: place, required }) => `${name}${required ? '*' : ''} (${place})`,
  );
  if (operation.requestBody !== undefined) inputs.push('body');
  const told = [operation['x-permission'], inputs.join(', ')].filter((text) => text !== undefined && text !== '');
  return `<tr><td class="m"><code>${method.toUpperCase()}</code></td><td><code>${escape(path)}</code><br>${escape(operation.summary)}
<br><span class="p">${escape(told.join(' · '))}</span></td></tr>`;
}

function page(document: Record<string, unknown>): string {
  const chapters = new Map<string, string[]>();
  for (const [path, methods] of Object.entries(document['paths'] as Record<string, Record<string, Operation>>)) {
    for (const [method, operation] of Object.entries(methods)) {
      const tag = operation.tags[0] ?? '';
      chapters.set(tag, [...(chapters.get(tag) ?? []), row(path, method, operation)]);
    }
  }
  const body = [...chapters].map(([tag, rows]) => `<h2>${escape(tag)}</h2><table>${rows.join('')}</table>`).join('\n');
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Tiergate API</title>
<style>${STYLE}</style><h1>Tiergate API</h1><p>The whole contract: <a href="/openapi.json">openapi.json</a>. Error codes answer at <code>/problems/&lt;code&gt;</code>.</p>${body}</html>`;
}

/** `/docs`: every route on one page, made from the OpenAPI document. */
export const mountDocs =
  (document: () => Record<string, unknown>) =>
  (app: Express): void => {
    app.get('/docs', (_request, response) => {
      response
        .set('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
        .type('html')
        .send(page(document()));
    });
  };
