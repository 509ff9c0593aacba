import { invalidField } from '../../../domain/shared/errors.ts';
import { yieldCooperatively } from '../../../runtime/cooperative-yield.ts';
import { blocksOf } from './blocks.ts';
import { Cues } from './cues.ts';
import type { ParsedTranscript } from './parsed-transcript.ts';

const CUE_NUMBER = /^\s*\d+\s*$/;

/**
 * SubRip, which has no specification: what players accept. Speakers come from a `Name:` prefix. A blank line inside a cue
 * does not end it, and cues need no blank line between them.
 */
export async function parseSubRip(body: string): Promise<ParsedTranscript> {
  const cues = new Cues();
  for await (const block of yieldCooperatively(blocksOf(body))) {
    if (cues.addBlock(block) || block.every((line) => CUE_NUMBER.test(line))) continue;
    if (!cues.continueLast(block)) throw invalidField(cues.next, 'has no line with its times');
  }
  return { language: null, segments: await cues.segments() };
}
