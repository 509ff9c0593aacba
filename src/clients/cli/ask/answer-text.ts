import { timecode } from '../../../domain/shared/timecode.ts';
import type { AskResult } from '../../sdk/wire-types.ts';
import type { NameOf } from '../library/recording-names.ts';

/** An answer for people: each citation as `[name mm:ss]`. */
export async function answerText({ message }: AskResult, nameOf: NameOf): Promise<string> {
  const texts: string[] = [];
  for (const part of message.parts) {
    texts.push(part.type === 'text' ? part.text : `[${await nameOf(part.recording_id)} ${timecode(part.start_ms)}]`);
  }
  return texts.join('').trim();
}
