import { setTimeout as sleep } from 'node:timers/promises';
import { Presets, SingleBar } from 'cli-progress';
import type { RebuildRun, ReindexGateway } from '../../../ports/library/reindex-gateway.ts';
import { CliError } from '../lib/failure.ts';
import { note } from '../lib/output.ts';

const EVERY_MS = 1_000;

/** Follows a rebuild to its end: with a bar on a terminal, else with a line for each step. */
export async function followRebuild(gateway: ReindexGateway): Promise<RebuildRun> {
  const show = process.stderr.isTTY ? asBar() : asLines();
  try {
    for (;;) {
      const run = await gateway.latest();
      if (run === null) throw new CliError('The rebuild is gone: somebody has deleted its run.');
      if (run.status !== 'running') return run;
      show.update(run);
      await sleep(EVERY_MS);
    }
  } finally {
    show.end();
  }
}

function asBar() {
  const bar = new SingleBar(
    { format: '{bar} {step} {value}/{total}', stream: process.stderr, clearOnComplete: true, hideCursor: true },
    Presets.shades_classic,
  );
  bar.start(1, 0, { step: 'waiting for a worker' });
  return {
    update({ progress }: RebuildRun) {
      if (progress === null) return;
      bar.setTotal(Math.max(progress.total, 1));
      bar.update(progress.done, { step: progress.paused ? 'paused' : progress.step });
    },
    end: () => bar.stop(),
  };
}

function asLines() {
  let last = '';
  return {
    update({ progress }: RebuildRun) {
      const step = progress === null ? 'waiting for a worker' : progress.paused ? 'paused' : progress.step;
      if (step !== last) note(step);
      last = step;
    },
    end: () => {},
  };
}
