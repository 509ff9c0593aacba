import type { Segment } from '../../domain/library/transcript.ts';
import { invalidField } from '../../domain/shared/errors.ts';
import type { ReadTranscript, TranscriptContentType, TranscriptFacts } from '../../ports/library/transcript-reader.ts';
import { cueSegments } from './cues/cue-segments.ts';
import { readSubRip } from './cues/sub-rip.ts';
import { beginningOf } from './cues/teams-metadata.ts';
import { readWebVtt } from './cues/web-vtt.ts';
import { readJson } from './json/read-json.ts';
import { decodeText } from './text/decode-text.ts';
import { nameBlocks } from './text/name-blocks.ts';
import { recogniseText, type TextFormat } from './text/recognise.ts';
import { readSbv } from './text/sbv.ts';

type Reading = Generator<Segment, TranscriptFacts, undefined>;

/** Reads a transcript in any of the formats of docs/transcripts.md. What is read does not keep the body. */
export const readTranscript: ReadTranscript = ({ contentType, charset, body }) =>
  readText(contentType, decodeText(body, charset));

function* readText(contentType: TranscriptContentType, text: string): Reading {
  const reading = contentType === 'application/json' ? json(text) : FORMATS[formatOf(contentType, text)](text);
  let empty = true;
  for (let next = reading.next(); ; next = reading.next()) {
    if (!next.done) {
      empty = false;
      yield next.value;
    } else if (empty) {
      throw invalidField('segments', 'must not be empty; send at least one piece of speech');
    } else {
      return next.value;
    }
  }
}

const FORMATS = {
  *vtt(text: string): Reading {
    const { cues, language } = readWebVtt(text);
    const recordedAt = beginningOf(cues[0]);
    return { ...facts('vtt', language, yield* cueSegments(cues, { breaks: false })), recordedAt };
  },
  *srt(text: string): Reading {
    return facts('srt', null, yield* cueSegments(readSubRip(text), { breaks: true }));
  },
  *sbv(text: string): Reading {
    return facts('sbv', null, yield* cueSegments(readSbv(text), { breaks: false }));
  },
  *text(text: string): Reading {
    return facts('text', null, yield* nameBlocks(text));
  },
};
type Format = keyof typeof FORMATS;

/** What the text is goes before what it was sent as: files are often named wrongly. */
function formatOf(contentType: Exclude<TranscriptContentType, 'application/json'>, text: string): Format {
  if (/^\s*[{[]\s*["{]/.test(text)) throw invalidField('body', 'looks like JSON; send it as application/json');
  const found = recogniseText(text);
  if (found !== null) return found;
  if (contentType === 'text/vtt') throw invalidField('body', 'must start with the line WEBVTT');
  return contentType === 'text/plain' ? 'text' : 'srt';
}

function json(text: string): Reading {
  const found: TextFormat = /^\s*[{[]/.test(text) ? null : recogniseText(text);
  if (found === null) return readJson(text);
  const sendAs = {
    vtt: 'WebVTT; send it as text/vtt',
    srt: 'SubRip; send it as application/x-subrip',
    sbv: 'SubViewer; send it as text/plain',
  };
  throw invalidField('body', `is ${sendAs[found]}`);
}

function facts(sourceFormat: Format, language: string | null, dropped: TranscriptFacts['dropped']): TranscriptFacts {
  return { sourceFormat, language, recordedAt: null, dropped };
}
