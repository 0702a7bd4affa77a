import { expect } from 'chai';
import fc from 'fast-check';
import { CELL, FLOOR, heightOf, INNER, linesIn, PAGE, placesOf } from '../../../../src/sheets/paper/page-layout.js';

const columns = (widths: readonly number[]) => widths.map((width) => ({ heading: { en: 'x' }, width }));

describe('columns on a page', () => {
  it('fill the width side by side, whatever they were meant to hold, and none is too narrow to read', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 16 }), (widths) => {
        const places = placesOf(columns(widths));
        let x: number = PAGE.side;
        for (const place of places) {
          expect(place.x).to.be.closeTo(x, 1e-6);
          expect(place.width).to.be.at.least(2 * CELL.across + CELL.size);
          x += place.width;
        }
        if (widths.some((width) => width > 5)) expect(x).to.be.closeTo(PAGE.side + INNER, 1e-6);
      }),
    );
  });

  it('stand in proportion where all are wide enough', () => {
    const [narrow, wide] = placesOf(columns([10, 30]));
    expect((wide?.width ?? 0) / (narrow?.width ?? 1)).to.be.closeTo(3, 1e-9);
  });

  it('count lines as they take room', () => {
    for (let count = 1; count < 60; count += 1) expect(linesIn(heightOf(count))).to.equal(count);
    expect(linesIn(FLOOR - PAGE.top)).to.be.within(40, 60);
  });
});
