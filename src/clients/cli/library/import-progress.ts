import { Presets, SingleBar } from 'cli-progress';
import type { Config } from '../../../runtime/config.ts';
import type { Watch } from './import-file.ts';

/** A bar on stderr that follows the indexing of one file after another; nothing if stderr is no terminal. */
export interface ImportProgress {
  show(file: string): Watch;
  /** Takes the bar off the screen. */
  end(): void;
  close(): Promise<void>;
}

export async function openImportProgress(config: Config): Promise<ImportProgress> {
  if (!process.stderr.isTTY) return { show: () => async () => {}, end: () => {}, close: async () => {} };
  // Loaded only here, because Temporal's client takes longer to load than most commands take to run.
  const { openIndexing } = await import('./indexing.ts');
  const indexing = await openIndexing(config);
  const format = '{file} {bar} {step} {value}/{total}';
  const bar = new SingleBar(
    { format, stream: process.stderr, clearOnComplete: true, hideCursor: true },
    Presets.shades_classic,
  );
  return {
    show(file) {
      bar.start(1, 0, { file, step: 'sending' });
      return async (transcriptionId) => {
        const progress = await indexing.progress(transcriptionId);
        if (progress === null) return bar.update(0, { step: 'indexing' });
        bar.setTotal(Math.max(progress.total, 1));
        bar.update(progress.done, { step: progress.step });
      };
    },
    end: () => bar.stop(),
    close: () => indexing.close(),
  };
}
