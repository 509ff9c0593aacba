import type { Connection } from 'mongoose';
import { z } from 'zod';
import type { Finding } from '../../../ports/audit.ts';
import { factId } from '../library/import-store.ts';
import type { References } from './documents.ts';

/** What names something that is gone, or keeps words of it. */
export async function findDangling(connection: Connection, references: References): Promise<Finding[]> {
  return [
    ...(await recordings(references)),
    ...(await transcriptions(references)),
    ...(await erasedSources(connection, references)),
  ];
}

async function recordings(references: References): Promise<Finding[]> {
  const findings: Finding[] = [];
  for await (const { _id, transcriptionId } of references.all('recordings')) {
    if (!transcriptionId || (await isServed(references, transcriptionId))) continue;
    const now = await references.get('recordings', _id);
    if (now?.transcriptionId !== transcriptionId) continue;
    const says = `it names the transcription ${transcriptionId}, which is gone or was replaced`;
    findings.push({ place: 'recordings', id: _id, kind: 'dangling', says, covered: false });
  }
  return findings;
}

async function isServed(references: References, id: string): Promise<boolean> {
  const [found, replaced] = await Promise.all([
    references.get('transcriptions', id),
    references.get('imports', factId(id, 'replaced')),
  ]);
  return found !== null && replaced === null;
}

/** A completed transcription is whole, or it was replaced and has no words left. */
async function transcriptions(references: References): Promise<Finding[]> {
  const findings: Finding[] = [];
  for await (const { _id, pageCount } of references.all('transcriptions', { status: 'completed' })) {
    const replaced = (await references.get('imports', factId(_id, 'replaced'))) !== null;
    let pages = 0;
    for await (const _page of references.all('segment_pages', { transcriptionId: _id })) pages++;
    if (pages === (replaced ? 0 : (pageCount ?? 0)) || (await references.get('transcriptions', _id)) === null) continue;
    const says = replaced ? 'it was replaced and still has words' : `it has ${pages} of its ${pageCount} pages`;
    findings.push({ place: 'transcriptions', id: _id, kind: 'dangling', says, covered: false });
  }
  return findings;
}

const withSources = z.object({
  _id: z.string(),
  sources: z.array(z.object({ recordingId: z.string(), text: z.string() })),
});

/** Answers that still hold words of an erased recording. */
async function erasedSources(connection: Connection, references: References): Promise<Finding[]> {
  const findings: Finding[] = [];
  for await (const { _id } of references.all('tombstones', { kind: 'recording' })) {
    const holding = connection
      .collection<{ _id: string }>('messages')
      .find({ 'sources.recordingId': _id }, { projection: { 'sources.recordingId': 1, 'sources.text': 1 } });
    for await (const found of holding) {
      const message = withSources.parse(found);
      if (!message.sources.some(({ recordingId, text }) => recordingId === _id && text !== '')) continue;
      const says = `its sources hold words of the erased recording ${_id}`;
      findings.push({ place: 'messages', id: message._id, kind: 'dangling', says, covered: false });
    }
  }
  return findings;
}
