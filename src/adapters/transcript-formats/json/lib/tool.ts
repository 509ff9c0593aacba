import type { Segment, SourceFormat } from '../../../../domain/library/transcript.ts';
import type { JsonText, Place } from './json-text.ts';

/** What a reader of JSON finds; segments without words come as null and are counted. */
export interface JsonReading {
  language: string | null;
  recordedAt: string | null;
  segments: Iterable<{ segment: Segment | null; at: string }>;
}

/** A kind of JSON, recognised by fields that no other kind has. */
export interface Tool {
  format: SourceFormat;
  /** The name in errors. */
  name: string;
  /** The field of its own that the body has; null where it has none. */
  ownField(json: JsonText, fields: ReadonlyMap<string, Place>): string | null;
  read(json: JsonText, fields: ReadonlyMap<string, Place>): JsonReading;
}
