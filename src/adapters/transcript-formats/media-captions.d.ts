// The package's own declarations import without file extensions, which TypeScript does not follow under `nodenext`.
declare module 'media-captions' {
  export class VTTCue {
    constructor(startTime: number, endTime: number, text: string);
  }
  export type VTTNode =
    | { type: 'text'; data: string }
    | { type: 'v'; voice?: string; children: VTTNode[] }
    | { type: 'c' | 'i' | 'b' | 'u' | 'ruby' | 'rt' | 'lang' | 'timestamp'; children: VTTNode[] };
  export function tokenizeVTTCue(cue: VTTCue): VTTNode[];
  /** Seconds; null when the text is no WebVTT time. */
  export function parseVTTTimestamp(text: string): number | null;
}
