import { AskError, invalidField } from '../../../domain/shared/errors.ts';

const BOMS = [
  { charset: 'utf-8', bytes: [0xef, 0xbb, 0xbf] },
  { charset: 'utf-16le', bytes: [0xff, 0xfe] },
  { charset: 'utf-16be', bytes: [0xfe, 0xff] },
];
type Decoder = InstanceType<typeof TextDecoder>;

const CHUNK = 64 * 1024;

/**
 * The text of a body: by its byte order mark, else by the declared charset, else as UTF-8. The mark is left out.
 * @throws AskError that names the first byte which is no character, and the charset to send.
 */
export function decodeText(body: Uint8Array, declared: string | null): string {
  const marked = BOMS.find(({ bytes }) => bytes.every((byte, at) => body[at] === byte))?.charset;
  if (marked === undefined && declared === null) assertNoUtf16(body);
  const charset = marked ?? declared ?? 'utf-8';
  const decoder = decoderOf(charset);
  try {
    return decoder.decode(body);
  } catch {
    throw invalidField('body', `${firstBadByte(body, charset)}; ${adviceFor(declared)}`);
  }
}

/** Latin letters in UTF-16 have a zero beside them. */
function assertNoUtf16(body: Uint8Array): void {
  const begin = body.subarray(0, 400);
  const zeros = begin.reduce((count, byte) => count + (byte === 0 ? 1 : 0), 0);
  if (zeros === 0 || zeros * 3 < begin.length) return;
  const charset = begin[0] === 0 ? 'utf-16be' : 'utf-16le';
  throw invalidField(
    'body',
    `looks like UTF-16 without a byte order mark; send "charset=${charset}" in the Content-Type`,
  );
}

function decoderOf(charset: string): Decoder {
  try {
    return new TextDecoder(charset, { fatal: true });
  } catch {
    throw new AskError(
      'unsupported_media_type',
      'The charset of the Content-Type is not known. Send a name of the WHATWG Encoding standard, such as utf-8, utf-16le or windows-1252.',
    );
  }
}

function adviceFor(declared: string | null): string {
  return declared === null
    ? 'save the file as UTF-8, or send its charset, e.g. "charset=windows-1252", in the Content-Type (ask import --charset)'
    : 'the charset of the Content-Type is not the one of the file';
}

/** Decodes up to the bad byte: chunk by chunk, then byte by byte in the chunk that fails. */
function firstBadByte(body: Uint8Array, charset: string): string {
  let chunk = 0;
  const probe = decoderOf(charset);
  while (chunk + CHUNK < body.length && decodes(probe, body.subarray(chunk, chunk + CHUNK))) chunk += CHUNK;
  const decoder = decoderOf(charset);
  for (let at = 0; at < chunk; at += CHUNK) decoder.decode(body.subarray(at, at + CHUNK), { stream: true });
  // A character of several bytes is bad from its first byte on.
  let start = chunk;
  for (let at = chunk; at < body.length; at++) {
    try {
      if (decoder.decode(body.subarray(at, at + 1), { stream: true }) !== '') start = at + 1;
    } catch {
      break;
    }
  }
  const hex = (body[start] ?? 0).toString(16).toUpperCase().padStart(2, '0');
  return `is not ${charset.toUpperCase()} at byte ${start} (0x${hex})`;
}

function decodes(decoder: Decoder, bytes: Uint8Array): boolean {
  try {
    decoder.decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
