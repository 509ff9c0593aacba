import { z } from 'zod';
import { transcriptImport } from '../../../adapters/transcript-formats/json/native.ts';
import type { TranscriptContentType } from '../../../ports/library/transcript-reader.ts';
import type { TextBody } from '../../kernel/lib/route.ts';

const contentTypes = [
  'application/json',
  'text/vtt',
  'application/x-subrip',
  'text/plain',
] as const satisfies readonly TranscriptContentType[];

/** What the handler of an import gets: the body as it came in, for the reader of transcripts. */
export const transcriptFile = z.object({
  contentType: z.enum(contentTypes),
  charset: z.string().nullable(),
  source: z.union([z.object({ bytes: z.instanceof(Uint8Array) }), z.object({ fd: z.int(), size: z.int() })]),
});

const toolJson = z
  .union([z.looseObject({}), z.array(z.looseObject({}))])
  .describe(
    'JSON as a tool writes it: Whisper and its kin, Amazon Transcribe, AssemblyAI, Azure Speech, Deepgram, ElevenLabs, ' +
      'Fireflies, Gladia, Google Speech-to-Text and Meet, Recall.ai, Rev, Speechmatics, Teams, tl;dv or Webex.',
  );

export const transcriptBody: TextBody = {
  contentTypes,
  maxBytes: 64 * 1024 * 1024,
  schemas: {
    'application/json': z.union([transcriptImport.meta({ id: 'TranscriptImport' }), toolJson]),
    'text/vtt': z.string().describe('WebVTT. Another charset than UTF-8 stands in the charset parameter.'),
    'application/x-subrip': z.string().describe('SubRip.'),
    'text/plain': z
      .string()
      .describe('SubViewer (.sbv), or blocks of a name with a time ("Ana  0:01") and the words below.'),
  },
};
