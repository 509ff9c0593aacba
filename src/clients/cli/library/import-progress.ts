import { Presets, SingleBar } from 'cli-progress';
import type { Config } from '../../../runtime/config.ts';
import type { Watch } from './import-file.ts';

/** A bar on stderr: how far one file is, or how many of several have ended; nothing if stderr is no terminal. */
export interface ImportProgress {
  show(file: string): Watch;
  /** A file has ended. */
  end(): void;
  close(): Promise<void>;
}

/** @param count of all files */
export async function openImportProgress(config: Config, count: number): Promise<ImportProgress> {
  if (!process.stderr.isTTY) return { show: () => async () => {}, end: () => {}, close: async () => {} };
  // Loaded only here, because Temporal's client takes longer to load than most commands take to run.
  const { openIndexing } = await import('./indexing.ts');
  const indexing = await openIndexing(config);
  const bar = new SingleBar(
    { format: '{file} {bar} {value}/{total} {step}', stream: process.stderr, clearOnComplete: true, hideCursor: true },
    Presets.shades_classic,
  );
  const isOne = count === 1;
  let ended = 0;
  return {
    show(file) {
      if (isOne || ended === 0) bar.start(isOne ? 1 : count, 0, { file, step: 'sending' });
      return async (transcriptionId) => {
        const progress = await indexing.progress(transcriptionId);
        const { step = 'indexing', done = 0, total = 0 } = progress ?? {};
        if (!isOne) return bar.update({ file, step: total > 0 ? `${step} ${done}/${total}` : step });
        bar.setTotal(Math.max(total, 1));
        bar.update(done, { step });
      };
    },
    end() {
      if (isOne) return bar.stop();
      bar.increment();
      ended++;
    },
    async close() {
      bar.stop();
      await indexing.close();
    },
  };
}
