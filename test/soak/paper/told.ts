// What the soak tells while it runs, and at its end.
import type { Verdict } from './paper-oracle.ts';
import type { SoakTill } from './soak-till.ts';

const COLUMNS = [
  'minute',
  'till',
  'visits',
  'coupons',
  'on paper',
  'unknown',
  'mischief',
  'kills',
  'slowest word ms',
  'status ms',
  'wrong',
];

export const HEADER = COLUMNS.join('  ');

export function row(till: SoakTill, { verdict, sinceMs }: { verdict: Verdict; sinceMs: number }): string {
  const { states, ends, wrongs } = verdict;
  const sum = (counts: ReadonlyMap<string, number>): number => [...counts.values()].reduce((a, b) => a + b, 0);
  const { slowestMs, slowestAnswerMs } = till.watch.watched;
  const cells = [
    (sinceMs / 60_000).toFixed(1),
    till.name.slice(5, 7),
    sum(ends),
    sum(states),
    till.paper.all.length,
    states.get('unknown') ?? 0,
    sum(till.done),
    till.lives.kills + till.lives.stops,
    Math.round(slowestMs),
    Math.round(slowestAnswerMs),
    wrongs.length,
  ];
  return cells.map((cell, i) => String(cell).padStart(COLUMNS[i]?.length ?? 0)).join('  ');
}

export function summary(till: SoakTill, verdict: Verdict): string {
  const told = (counts: ReadonlyMap<string, number>): string =>
    [...counts].map(([what, times]) => `${what} ${times}`).join(', ');
  const { watch, lives, scanner, counter, paper, done } = till;
  const { noticed, slowestMs, slowestWas, answers, slowestAnswerMs } = watch.watched;
  const all = watch.all;
  const at = (part: number): number => Math.round(all[Math.floor((all.length - 1) * part)] ?? 0);
  const life = till.longestLife;
  const lines = [
    till.name,
    `  done to it: ${told(done)}; killed ${lives.kills} times, stopped ${lives.stops}${lives.slowStarts > 0 ? `, too slow to start ${lives.slowStarts}` : ''}; scanner unplugged ${scanner.unplugged} times, ${scanner.spoilt} scans spoilt`,
    `  strips: ${told(verdict.ends)}`,
    `  coupons: ${told(verdict.states)}; ${paper.all.length} on ${paper.pieces} pieces of paper, ${verdict.copiesOnPaper} of them copies; ${verdict.parted} parted by a change of roll`,
    `  unknown because: ${told(verdict.whyUnknown) || 'none is'}`,
    `  cards that had to be heard: ${verdict.owed}, not heard ${verdict.unanswered}; the till's calls: ${told(counter.outcomes)}, the slowest ${Math.round(counter.slowestMs)} ms`,
    `  status asked ${answers} times, the slowest answer ${Math.round(slowestAnswerMs)} ms; ${noticed} changes noticed, half within ${at(0.5)} ms, 99 % within ${at(0.99)} ms, the slowest: ${slowestWas || `${Math.round(slowestMs)} ms`}`,
    `  log: ${lives.stateLines} changes of state, none said twice; printed wrongly by the printer's own complaint: ${told(paper.complaints) || 'nothing'}`,
    life === null
      ? '  no life was long enough to look for leaks'
      : `  longest life ${Math.round(life.ms / 1000)} s: open files ${life.warm?.openFiles ?? 0} -> ${life.last?.openFiles ?? 0}, memory ${life.warm?.megabytes ?? 0} -> ${life.last?.megabytes ?? 0} MB`,
  ];
  return `${lines.join('\n')}\n`;
}
