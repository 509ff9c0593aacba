import { z } from 'zod';
import { oneLine, type Spoken } from '../lib/spoken.ts';

const metadata = z.object({ speakerName: z.string().nullish(), spokenText: z.string() });
const IS_METADATA = /^\s*\{.*"spokenText".*\}\s*$/s;

/** What is said in a cue of Teams' `metadataContent`, whose cues are JSON; null for any other cue. */
export function teamsMetadata(cueText: string): Spoken | null {
  if (!IS_METADATA.test(cueText)) return null;
  const { data } = metadata.safeParse(parsed(cueText));
  if (data === undefined) return null;
  const said = oneLine(data.spokenText);
  return { voice: data.speakerName?.trim() || null, lines: said === '' ? [] : [said] };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
