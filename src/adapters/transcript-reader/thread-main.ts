import { readSync } from 'node:fs';
import { getPriority, setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import type { Segment } from '../../domain/library/transcript.ts';
import { AskError } from '../../domain/shared/errors.ts';
import type { ArrivedTranscript } from '../../ports/library/transcript-reader.ts';
import { readTranscript } from '../transcript-formats/index.ts';
import type { Answer, Order } from './thread-messages.ts';

/**
 * The thread that reads transcripts: decodes and checks one whole, answers with what is known of it, and then sends its
 * segments a batch at a time. What it throws ends it.
 */
const MOST_SEGMENTS = 500;
const MOST_CHARACTERS = 250_000;
const LOW_PRIORITY = 10;

// Others who wait for an answer go first. On Linux this is the priority of the thread, elsewhere that of the process.
if (process.platform === 'linux' && getPriority() < LOW_PRIORITY) setPriority(LOW_PRIORITY);

let batches: Iterator<Segment[]> = [].values();

parentPort?.on('message', (order: Order) => {
  parentPort?.postMessage(order === 'next' ? nextBatch() : read(order.read));
});

function read(file: ArrivedTranscript): Answer {
  try {
    const { segments, facts } = collect(file);
    const durationMs = segments.reduce((end, segment) => Math.max(end, segment.endMs), 0);
    batches = split(segments);
    return { type: 'read', summary: { ...facts, segmentCount: segments.length, durationMs } };
  } catch (error) {
    if (!(error instanceof AskError)) throw error;
    const { kind, message, details } = error;
    return { type: 'refused', kind, message, ...(details && { details }) };
  }
}

function collect({ source, ...file }: ArrivedTranscript) {
  const reading = readTranscript({ ...file, body: 'fd' in source ? contentOf(source) : source.bytes });
  const segments: Segment[] = [];
  for (let next = reading.next(); ; next = reading.next()) {
    // Those that start together keep their order.
    if (next.done) return { facts: next.value, segments: segments.sort((a, b) => a.startMs - b.startMs) };
    segments.push(next.value);
  }
}

function contentOf({ fd, size }: { fd: number; size: number }): Buffer {
  const content = Buffer.allocUnsafeSlow(size);
  for (let at = 0; at < size; ) {
    const read = readSync(fd, content, at, size - at, at);
    if (read === 0) throw new Error('The file of a body ended early.');
    at += read;
  }
  return content;
}

function nextBatch(): Answer {
  const { value, done } = batches.next();
  return done ? { type: 'end' } : { type: 'batch', segments: value };
}

/** Takes the segments out of the list, so that what was sent takes no memory here any more. */
function* split(segments: Segment[]): Generator<Segment[]> {
  segments.reverse();
  for (let batch: Segment[] = [], characters = 0; segments.length > 0; batch = [], characters = 0) {
    while (batch.length < MOST_SEGMENTS && characters < MOST_CHARACTERS) {
      const segment = segments.pop();
      if (segment === undefined) break;
      batch.push(segment);
      characters += segment.text.length;
    }
    yield batch;
  }
}
