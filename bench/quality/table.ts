// The table: one row per recommender, and the intervals of what is judged against its peers.
import { pairedInterval } from './bootstrap.ts';
import { mean, measureNames, type MeasureName, type Measures, type TaskName } from './metrics.ts';

export type Row = { readonly name: string; readonly habitual: Measures; readonly new: Measures | null };

/** `judged` names the row whose differences to all others are shown with their 95 % intervals; null shows none. */
export function formatTables(rows: readonly Row[], judged: string | null): string {
  return (['habitual', 'new'] as const).map((task) => formatTask(rows, task, judged)).join('\n');
}

function formatTask(rows: readonly Row[], task: TaskName, judged: string | null): string {
  const shown = rows.flatMap((row) => {
    const measures = row[task];
    return measures === null ? [] : [{ name: row.name, measures }];
  });
  const names = measureNames(task).filter((name) => shown.some((row) => !Number.isNaN(meanOf(row.measures, name))));
  const lines = [
    formatLine(task, names),
    formatLine(
      '---',
      names.map(() => '---'),
    ),
  ];
  for (const row of shown)
    lines.push(
      formatLine(
        row.name,
        names.map((name) => formatShare(meanOf(row.measures, name))),
      ),
    );
  const ours = shown.find((row) => row.name === judged);
  if (ours !== undefined) {
    for (const row of shown.filter((other) => other !== ours)) {
      const cells = names.map((name) => formatInterval(ours.measures.get(name), row.measures.get(name)));
      lines.push(formatLine(`${ours.name} - ${row.name}`, cells));
    }
  }
  return `${lines.join('\n')}\n`;
}

function formatLine(head: string, cells: readonly string[]): string {
  return `| ${[head, ...cells].join(' | ')} |`;
}

function meanOf(measures: Measures, name: MeasureName): number {
  return mean(measures.get(name) ?? new Float64Array(0));
}

function formatInterval(ours: Float64Array | undefined, theirs: Float64Array | undefined): string {
  if (ours === undefined || theirs === undefined) return '';
  const { low, high } = pairedInterval(ours, theirs);
  return `${formatDifference(low)} to ${formatDifference(high)}`;
}

function formatShare(value: number): string {
  return value.toFixed(4).replace(/^0/, '');
}

function formatDifference(value: number): string {
  return (value < 0 ? '-' : '+') + formatShare(Math.abs(value));
}
