import { z } from 'zod';
import { oneLine, type Spoken } from '../lib/spoken.ts';
import type { Cue } from './cue-scanner.ts';

const metadata = z.object({
  speakerName: z.string().nullish(),
  spokenText: z.string(),
  startDateTime: z.iso.datetime({ offset: true }).nullish().catch(null),
});
const IS_METADATA = /^\s*\{.*"spokenText".*\}\s*$/s;

/** What is said in a cue of Teams' `metadataContent`, whose cues are JSON; null for any other cue. */
export function teamsMetadata(cueText: string): Spoken | null {
  const data = metadataIn(cueText);
  if (data === undefined) return null;
  const said = oneLine(data.spokenText);
  return { voice: data.speakerName?.trim() || null, lines: said === '' ? [] : [said] };
}

/** When the recording began: a cue of that kind says both when it was said and how far into the recording. */
export function beginningOf(cue: Cue | undefined): string | null {
  const moment = cue && metadataIn(cue.lines.join('\n'))?.startDateTime;
  return moment ? new Date(Date.parse(moment) - cue.startMs).toISOString() : null;
}

function metadataIn(cueText: string): z.output<typeof metadata> | undefined {
  return IS_METADATA.test(cueText) ? metadata.safeParse(parsed(cueText)).data : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
