import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Figure } from '../../bench/decisions/in-process.js';
import type { KeptFigures } from '../../bench/decisions/kept-figures.js';
import { grouped } from '../../src/kernel/grouped.js';

const WIDTH = 860;
const LEFT = 250;
const RIGHT = 690;
const TOP = 64;
const ROW = 34;
/** Powers of ten at the ends of the axis. */
const FIRST = 0;
const LAST = 7;

const STYLE = `
  text { font: 13px system-ui, sans-serif; fill: #1f2328 }
  .small { font-size: 11px; fill: #59636e }
  .own text, text.own { font-weight: 600 }
  line { stroke: #d1d9e0 }
  .row line { stroke: #818b98; stroke-width: 2 }
  circle { fill: #818b98; stroke: #ffffff; stroke-width: 1.5 }
  .own circle { fill: #0969da }
  .own line { stroke: #0969da }
  @media (prefers-color-scheme: dark) {
    text { fill: #f0f6fc }
    .small { fill: #9198a1 }
    line { stroke: #3d444d }
    circle { stroke: #0d1117 }
    .own circle { fill: #4493f8 }
    .own line { stroke: #4493f8 }
  }`;

const x = (rate: number): number => LEFT + ((Math.log10(rate) - FIRST) / (LAST - FIRST)) * (RIGHT - LEFT);
const at = (place: number): string => place.toFixed(1);
const count = (value: number): string => (value >= 1e6 ? `${value / 1e6} M` : value.toLocaleString('en'));
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** `docs/figures/decisions.svg`, once the bench has kept figures to draw it from. */
export function decisionPlot(root: string): [string, string][] {
  const figures = join(root, 'docs', 'figures', 'decisions.json');
  if (!existsSync(figures)) return [];
  return [['docs/figures/decisions.svg', drawn(JSON.parse(readFileSync(figures, 'utf8')) as KeptFigures)]];
}

/** Decisions a second of each contestant, a dot for each number of grants, larger for more. */
export function drawn(kept: KeptFigures): string {
  const sizes = [...new Set(kept.figures.map(({ grants }) => grants))];
  const rows = [...grouped(kept.figures, ({ name }) => name)]
    .map(([name, figures]) => ({ name, figures }))
    .sort((a, b) => last(b.figures).decisionsPerSecond - last(a.figures).decisionsPerSecond);
  const bottom = TOP + rows.length * ROW;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${bottom + 44}" role="img" aria-labelledby="title">
<title id="title">Access decisions a second on one core, by number of grants</title>
<style>${STYLE}
</style>
${legend(sizes)}
${axis(bottom)}
${rows.map(({ name, figures }, number) => row(name, figures, sizes, TOP + (number + 0.5) * ROW)).join('\n')}
<text class="small" x="${LEFT}" y="${bottom + 36}">decisions a second, one core, logarithmic · ${escaped(kept.machine)} · ${kept.measured}</text>
</svg>
`;
}

const last = (figures: readonly Figure[]): Figure => figures.at(-1) as Figure;
const radius = (sizes: readonly number[], grants: number): number => 3.5 + 1.5 * sizes.indexOf(grants);

function legend(sizes: readonly number[]): string {
  const parts = sizes.map((size, number) => {
    const place = LEFT + 8 + number * 130;
    return `<circle cx="${place}" cy="26" r="${radius(sizes, size)}"/><text x="${place + 12}" y="30">${count(size)} grants</text>`;
  });
  return `<g>${parts.join('')}</g>`;
}

function axis(bottom: number): string {
  const powers = Array.from({ length: LAST - FIRST + 1 }, (_, number) => 10 ** (FIRST + number));
  return powers
    .map((power) => {
      const place = at(x(power));
      return `<line x1="${place}" x2="${place}" y1="${TOP - 8}" y2="${bottom}"/><text class="small" x="${place}" y="${bottom + 16}" text-anchor="middle">${count(power)}</text>`;
    })
    .join('\n');
}

function row(name: string, figures: readonly Figure[], sizes: readonly number[], y: number): string {
  const rates = figures.map(({ decisionsPerSecond }) => decisionsPerSecond);
  const dots = figures.map(
    ({ grants, decisionsPerSecond }) =>
      `<circle cx="${at(x(decisionsPerSecond))}" cy="${y}" r="${radius(sizes, grants)}"><title>${count(grants)} grants: ${count(decisionsPerSecond)} a second</title></circle>`,
  );
  const { grants, decisionsPerSecond } = last(figures);
  return `<g class="row${name === 'Tiergate' ? ' own' : ''}">
<text x="${LEFT - 16}" y="${y + 4}" text-anchor="end">${escaped(name)}</text>
<line x1="${at(x(Math.min(...rates)))}" x2="${at(x(Math.max(...rates)))}" y1="${y}" y2="${y}"/>
${dots.join('')}
<text class="small" x="${RIGHT + 14}" y="${y + 4}">${count(decisionsPerSecond)} at ${count(grants)}</text>
</g>`;
}
