import { join } from 'node:path';
import type { ColumnTypes } from '../../../src/classification/domain/columns/column-types.js';
import { columnRules } from '../../../src/classification/domain/columns/profile.js';
import { requirePacks } from '../../../src/classification/packs/load.js';
import type { Measure, Row, Setting } from '../measure.js';
import { type Half, type LabelledTable, realTables, singleColumns } from './labelled.js';
import { byHeadingAlone, type ColumnScores, type Rates, recognise, scoresOf } from './recognition.js';

const GOAL = { f1: 0.85, recall: 0.9 } as const;
const REFERENCE = 'the reference on 60 real tables: rules 0.741, a large model 0.812 on another column set';

const three = ({ precision, recall, f1 }: Rates): string =>
  `F1 ${f1.toFixed(3)} (P ${precision.toFixed(3)}, R ${recall.toFixed(3)})`;
const rest = ({ anyLabel, macroF1, byLabel }: ColumnScores): string =>
  `any label F1 ${anyLabel.f1.toFixed(3)}, types macro-F1 ${macroF1.toFixed(3)} over ${byLabel.size}`;

function rowOf(source: string, half: Half, tables: readonly LabelledTable[], columns: ColumnTypes, split: string): Row {
  const rules = columnRules(columns);
  const scores = scoresOf(tables.flatMap((table) => recognise(table, rules, columns)));
  const plain = scoresOf(tables.flatMap((table) => recognise(table, columnRules(byHeadingAlone(columns)), columns)));
  return {
    measure: `sensitive columns, ${source}, ${half} half (${scores.columns} columns, ${scores.sensitive.support} sensitive)`,
    goal: `F1 ≥ ${GOAL.f1}, R ≥ ${GOAL.recall}`,
    baseline: `headings alone: ${three(plain.sensitive)}; ${REFERENCE}`,
    figure: `${three(scores.sensitive)}; ${rest(scores)}`,
    reached: scores.sensitive.f1 >= GOAL.f1 && scores.sensitive.recall >= GOAL.recall,
    split,
  };
}

const HALVES = ['tuned', 'unseen'] as const;

/** Columns that people have labelled, in the shared data and, where a copy is at hand, in the reference's real tables. */
export const sensitiveColumns: Measure = {
  name: 'sensitive columns',
  run: async ({ data }: Setting) => {
    const columns = requirePacks().current('cn-shanghai')?.pack.columns;
    const singles = singleColumns(join(data, 'columns', 'labelled_columns.csv'));
    if (columns === undefined || singles === null) return `no labelled columns below ${data}`;
    const real = realTables(join(data, 'columns', 'gittables_annotated.json'));
    return HALVES.flatMap((half) => [
      rowOf('labelled list', half, singles[half], columns, 'by hash of the heading; all headings were read beforehand'),
      ...(real === null
        ? []
        : [rowOf('real tables', half, real[half], columns, 'by hash of the file; only the tuned half was looked at')]),
    ]);
  },
};
