/**
 * How long a rebuild of the local index takes: `node test/tools/bench/retrieval/rebuild-speed.ts [--transcripts 100]`. The service
 * runs as processes, with synthetic vectors; each transcript is five meetings of the evaluation, about a hundred chunks.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { openReindexing } from '../../../../src/clients/cli/retrieval/open-reindexing.ts';
import { loadConfig } from '../../../../src/runtime/config.ts';
import { type Cluster, startCluster } from '../../../chaos/cluster.ts';
import { readMeetings } from '../../eval/meetings.ts';
import { apiAt } from '../client.ts';

const MEETINGS = 5;
/** Imports at once. */
const AT_ONCE = 2;
const settingsSchema = z.object({ denseHost: z.string() });

const { values } = parseArgs({ options: { transcripts: { type: 'string', default: '100' } } });
const directory = await mkdtemp(join(tmpdir(), 'ask-rebuild-'));
const file = join(import.meta.dirname, '../../../support/retrieval-server-process.ts');
const server = fork(file, [directory, 'synthetic']);
const { denseHost } = settingsSchema.parse((await once(server, 'message'))[0]);
const cluster = await startCluster({ settings: { RETRIEVAL_URL: denseHost.replace('/pinecone/dense', '') } });
try {
  await importMeetings(cluster, Number(values.transcripts));
  console.table([await rebuild(cluster)]);
} finally {
  await cluster.close();
  server.disconnect();
  await rm(directory, { recursive: true });
}

async function importMeetings({ urls, createKey }: Cluster, wanted: number): Promise<void> {
  const api = apiAt(urls[0] ?? '', (await createKey()).secret);
  const meetings = readMeetings().slice(0, MEETINGS);
  const spoken = meetings.flatMap(({ segments }) => segments);
  const segments = spoken.map(({ speaker, text }, i) => ({ start: i, end: i + 1, speaker, text }));
  let begun = 0;
  const importUntilEnough = async () => {
    while (begun++ < wanted) await api.recording(segments);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, importUntilEnough));
}

/** From its start until the new index serves. */
async function rebuild({ settings }: Cluster) {
  const reindexing = await openReindexing(loadConfig(settings));
  const { gateway } = reindexing;
  try {
    const begun = performance.now();
    await gateway.start({ projectId: null, target: 'local', tokensPerMinute: null });
    for (;;) {
      const run = await gateway.latest();
      if (run?.status !== 'running') throw new Error(run?.progress?.reason ?? 'The rebuild has ended.');
      const { progress } = run;
      if (progress?.step === 'removing') {
        const seconds = (performance.now() - begun) / 1000;
        const { total } = progress;
        return { chunks: total, seconds: Math.round(seconds), 'chunks/s': Math.round(total / seconds) };
      }
      await sleep(200);
    }
  } finally {
    await reindexing.close();
  }
}
