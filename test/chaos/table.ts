import type { ChaosReport } from './chaos.ts';

/** The account of a chaos run, for people. */
export function table(report: ChaosReport): string {
  const { faults, errors, ...totals } = report;
  const rows: [string, string | number][] = [
    ['sessions', totals.sessions],
    ['requests', totals.requests],
    ['answered', totals.answered],
    ['  of these replayed', totals.replayed],
    ['refused for good', totals.refused],
    ['lost', totals.lost],
    ['doubled messages', totals.doubledMessages],
    ['doubled answers', totals.doubledAnswers],
    ['sessions out of order', totals.disordered],
    ['model calls', `${totals.modelCalls} (${(totals.modelCalls / totals.answered).toFixed(3)} an answer)`],
    ...Object.entries(errors).map(([code, times]): [string, number] => [`attempts: ${code}`, times]),
  ];
  const strikes = faults.map(
    ({ fault, downMs, firstAnswerMs }) =>
      `${`killed ${fault}`.padEnd(24)} ready after ${seconds(downMs)}, first answer after ${seconds(firstAnswerMs)}`,
  );
  return [...rows.map(([name, value]) => `${name.padEnd(24)} ${value}`), ...strikes].join('\n');
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1_000).toFixed(1)} s`.padStart(6);
}
