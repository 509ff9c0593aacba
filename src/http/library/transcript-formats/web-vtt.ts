import { invalidField } from '../../../domain/shared/errors.ts';
import { yieldCooperatively } from '../../../runtime/cooperative-yield.ts';
import { blocksOf } from './blocks.ts';
import { Cues } from './cues.ts';
import type { ParsedTranscript } from './parsed-transcript.ts';

const SIGNATURE = /^WEBVTT(?:[ \t]|$)/;
const NOT_SPEECH = /^(?:NOTE|STYLE|REGION)(?:[ \t]|$)/;
const LANGUAGE = /^Language:[ \t]*([A-Za-z0-9-]{1,35})[ \t]*$/;

/** WebVTT: speakers from voice tags, else from a `Name:` prefix; the language from a `Language:` line of the header. */
export async function parseWebVtt(body: string): Promise<ParsedTranscript> {
  const blocks = blocksOf(body);
  const header = blocks.next().value;
  if (!SIGNATURE.test(header?.[0] ?? '')) throw invalidField('body', 'must start with the line WEBVTT');
  const cues = new Cues();
  for await (const block of yieldCooperatively(blocks)) {
    if (NOT_SPEECH.test(block[0] ?? '')) continue;
    if (!cues.addBlock(block)) throw invalidField(cues.next, 'has no line with its times');
  }
  return { language: languageIn(header ?? []), segments: await cues.segments() };
}

function languageIn(header: string[]): string | null {
  for (const line of header) {
    const tag = LANGUAGE.exec(line)?.[1];
    if (tag !== undefined) return tag;
  }
  return null;
}
