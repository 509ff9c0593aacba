import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { chunkIdOf } from '../../../src/domain/library/chunking.ts';
import { digest } from '../../../src/domain/shared/sha256-digest.ts';
import { aRecording, aTranscription } from '../../stack/adapters/mongo/fixtures.ts';
import { type HoldingIndex, holdingIndex } from '../../support/holding-index.ts';
import { startRole } from '../../support/process.ts';
import { anEndUser, type Race, startRace } from '../sides.ts';

/** A race beside an index whose calls can be held. */
export interface IndexedRace {
  race: Race;
  index: HoldingIndex;
  close(): Promise<void>;
}

export async function startIndexedRace(): Promise<IndexedRace> {
  const race = await startRace();
  const directory = await mkdtemp(join(tmpdir(), 'ask-race-'));
  const sandbox = await startRole('src/local/sandbox-models/main.ts', { SANDBOX_DIR: directory });
  const index = await holdingIndex(z.object({ url: z.string() }).parse(sandbox.ready).url);
  return {
    race,
    index,
    async close() {
      index.close();
      await sandbox.stop();
      await race.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** A recording whose transcript has one chunk in the database and none in the index. */
export async function aChunkedTranscript(race: Race) {
  const owner = await anEndUser(race);
  const { recordings, transcripts } = race.stores;
  const recording = await recordings.create(aRecording(owner));
  const transcription = aTranscription(recording);
  const { id: transcriptionId } = await transcripts.create(transcription, []);
  const id = chunkIdOf(transcriptionId, 0, digest);
  const place = { recordingId: recording.id, transcriptionId, index: 0, startMs: 0, endMs: 1, recordedAt: null };
  await transcripts.putChunks(owner, [{ id, ...owner, ...place, text: 'Said.', lines: [], tokens: 1, speaker: null }]);
  return { owner, recording, transcription, transcriptionId, id };
}
