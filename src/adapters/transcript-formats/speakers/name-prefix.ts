import { type NameForm, nameForm } from './name-form.ts';

/** A line that may begin with the name of who says it. */
export interface NamePrefix {
  name: string;
  form: NameForm;
  /** Marks that stand for a change of speaker whatever follows: `>>`, `-`, brackets. */
  marked: boolean;
  /** Whether it stands in brackets without a colon, as a sound may ("[Door Slams]"). */
  bare: boolean;
  /** The line without the name. */
  rest: string;
}

/** Space, and the marks of direction that stand around Arabic and Hebrew names. */
const GAP = String.raw`[\s\u200E\u200F\u202A-\u202E\u2066-\u2069]{0,8}`;
const LEAD = String.raw`^${GAP}(>{1,3}|[-–—‐]|)${GAP}`;
const BRACKETED = new RegExp(
  String.raw`${LEAD}(?:\[([^[\]]{1,80})\]|\(([^()]{1,80})\)|【([^【】]{1,80})】)\s*([:：]?)\s*(.*)$`,
  'su',
);
const BEFORE_COLON = new RegExp(String.raw`${LEAD}([^:：\s][^:：]{0,100}?)${GAP}([:：])(\s*)(.*)$`, 'su');
const MAY_BE_BRACKETED = /^[^\p{L}\p{N}]*[[(【]/u;
const HAS_COLON = /[:：]/;
const TURN = /\s*\[SPEAKER_TURN\]\s*/g;
const NUMBERED = /[\p{N}_?]|^speaker$/iu;

/** whisper.cpp's mark of a change of speaker is no word. */
export function withoutTurnMarks(line: string): string {
  return line.includes('[SPEAKER_TURN]') ? line.replace(TURN, ' ').trim() : line;
}

/** The name before `:` or in brackets as tools write them; null when the line begins with nothing of the kind. */
export function namePrefix(line: string): NamePrefix | null {
  // Almost every line is neither.
  const inBrackets = MAY_BE_BRACKETED.test(line) ? bracketed(line) : null;
  return inBrackets ?? (HAS_COLON.test(line) ? beforeColon(line) : null);
}

/**
 * `[SPEAKER_00]: words`, `[Ana]: words`, `(speaker 0) words`. Without a colon a number tells a speaker from a sound; Google
 * Meet has none ("(Ana López)"), and there the whole file decides.
 */
function bracketed(line: string): NamePrefix | null {
  const found = BRACKETED.exec(line);
  if (found === null) return null;
  const name = (found[2] ?? found[3] ?? found[4] ?? '').trim();
  const rest = found[6] ?? '';
  if (/^speaker \?$/i.test(name)) return { name: '', form: 'generic', marked: true, bare: false, rest };
  const form = nameForm(name);
  if (form !== 'generic' && form !== 'name') return null;
  const bare = found[5] === '';
  if (!bare || (form === 'generic' && NUMBERED.test(name))) return { name, form, marked: true, bare: false, rest };
  return form === 'name' && name.includes(' ') ? { name, form, marked: false, bare, rest } : null;
}

/** `Ana: words`, `王芳：words`, `>> ANNA BERG: words`, `- Ana: words`. */
function beforeColon(line: string): NamePrefix | null {
  const found = BEFORE_COLON.exec(line);
  if (found === null) return null;
  const [, lead = '', name = '', colon, space, rest = ''] = found;
  const form = nameForm(name);
  // "10:30", "http://x", "C:\x": a colon without a space is a name's only before a letter.
  const spaced = space !== '' || colon === '：' || rest === '';
  if (!spaced && !(/^[\p{L}"“¿¡'(]/u.test(rest) && (form === 'name' || form === 'generic'))) return null;
  return { name: name.trim(), form, marked: lead !== '', bare: false, rest };
}
