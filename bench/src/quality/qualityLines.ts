import { plainTable } from '../report/plainTable.ts';
import type { QualityReport } from './qualityReport.ts';

type Row = QualityReport['rows'][number];

/** The report as one table, the differences in it, and what is wrong. */
export function qualityLines({ data, split, pages, rows, faults }: QualityReport): string[] {
  // Of diversity the table says what it costs; its differences are in the JSON file.
  const compared = rows.filter(({ diversity }) => diversity === 0);
  return [
    `${data}, ${split}: ${pages} people, a page each`,
    '',
    ...plainTable(
      ['strategy', 'missing', 'N2DCG', 'hit rate', 'dup', 'ILD', 'bad', 'short', 'us/page'],
      rows.map(cellsOf),
    ),
    '',
    'Differences in N2DCG, paired by page (95 % confidence):',
    ...compared.flatMap((row) =>
      row.against.map(
        ({ baseline, mean, low, high }) =>
          `  ${titleOf(row)} - ${baseline}: ${signed(mean)} (${signed(low)}..${signed(high)})`,
      ),
    ),
    '',
    ...(faults.length === 0 ? ['Nothing is amiss.'] : faults),
  ];
}

const titleOf = ({ strategy, dropout }: Row): string =>
  dropout === 0 ? strategy : `${strategy}, ${dropout} missing`;

const kinds = {
  stateless: 'best stateless',
  learned: 'best learned',
  oracle: 'knows the future',
  ours: 'ours',
};

function cellsOf(row: Row): string[] {
  return [
    `${kinds[row.kind]}: ${row.strategy}`,
    `${row.dropout}`,
    `${row.n2dcg.toFixed(4)} ±${row.halfWidth.toFixed(4)}`,
    row.hitRate.toFixed(3),
    row.duplicates.toFixed(2),
    row.intraListDiversity.toFixed(3),
    `${row.bad}`,
    `${row.short}`,
    row.usPerPage.toFixed(0),
  ];
}

const signed = (value: number): string => `${value < 0 ? '' : '+'}${value.toFixed(4)}`;
