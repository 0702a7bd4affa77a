import type { Express } from 'express';
import { type Problem, problems } from '../kernel/problems/index.js';

const page = (code: string, { status, title, remedy }: Problem): string => `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${code}</title>
<body style="font-family:system-ui,'Noto Sans CJK SC',sans-serif;max-width:40rem;margin:3rem auto;padding:0 1rem;line-height:1.6">
<h1><code>${code}</code> · ${status}</h1>
<section><h2>${title.en}</h2><p>${remedy.en}</p></section>
<section lang="zh-CN"><h2>${title.zh}</h2><p>${remedy.zh}</p></section>
</body></html>`;

/** `/problems/<code>`: what the `type` of a problem document points to, in both languages. */
export const mountProblemPages = (app: Express): void => {
  app.get('/problems/:code', (request, response, next) => {
    const code = request.params['code'] ?? '';
    if (!Object.hasOwn(problems, code)) return next();
    response.set('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
    response.type('html').send(page(code, (problems as Record<string, Problem>)[code] as Problem));
  });
};
