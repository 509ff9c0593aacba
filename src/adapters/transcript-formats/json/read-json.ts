import type { Segment } from '../../../domain/library/transcript.ts';
import { invalidField } from '../../../domain/shared/errors.ts';
import type { TranscriptFacts } from '../../../ports/library/transcript-reader.ts';
import { MAX_SEGMENTS, tooLarge } from '../limits.ts';
import { assertSegment } from '../segment.ts';
import { JsonText, type Place } from './lib/json-text.ts';
import type { Tool } from './lib/tool.ts';
import { readNative } from './native.ts';
import { TOOLS } from './tools.ts';

/** JSON in the service's own form, or as one of the tools writes it. */
export function* readJson(text: string): Generator<Segment, TranscriptFacts, undefined> {
  const json = new JsonText(text);
  const fields = json.fields(json.root);
  const tool = recognise(json, fields);
  const reading = tool === null ? readNative(json, fields) : tool.read(json, fields);
  let count = 0;
  let emptyCues = 0;
  for (const { segment, at } of reading.segments) {
    if (++count > MAX_SEGMENTS)
      throw tooLarge('segments', `must be at most ${MAX_SEGMENTS}; split the transcript`, MAX_SEGMENTS);
    if (segment === null) {
      emptyCues++;
      continue;
    }
    assertSegment(segment, at);
    yield segment;
  }
  const { language, recordedAt } = reading;
  return { sourceFormat: tool?.format ?? 'json', language, recordedAt, dropped: { emptyCues, repeats: 0 } };
}

/** The tool that wrote it; null where no field is a tool's own. @throws AskError where it has fields of several */
function recognise(json: JsonText, fields: ReadonlyMap<string, Place>): Tool | null {
  const found = TOOLS.map((tool) => ({ tool, field: tool.ownField(json, fields) })).filter(
    ({ field }) => field !== null,
  );
  if (found.length > 1) {
    const names = found.map(({ tool, field }) => `${field} is of ${tool.name}`).join(', ');
    throw invalidField('body', `may be of several tools: ${names}; send the fields of one`);
  }
  return found[0]?.tool ?? null;
}
