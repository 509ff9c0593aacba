import { z } from 'zod';
import { TRANSCRIPT_CONTENT_TYPES, transcriptImportSchema } from '../../../adapters/transcript-formats/index.ts';
import type { TextBody } from '../../kernel/lib/route.ts';

/** What the handler of an import gets: the text as it came in, for the parser of its format. */
export const transcriptText = z.object({ contentType: z.enum(TRANSCRIPT_CONTENT_TYPES), text: z.string() });

export const transcriptBody: TextBody = {
  contentTypes: TRANSCRIPT_CONTENT_TYPES,
  maxBytes: 64 * 1024 * 1024,
  schemas: {
    'application/json': transcriptImportSchema.meta({ id: 'TranscriptImport' }),
    'text/vtt': z.string(),
    'application/x-subrip': z.string(),
  },
};
