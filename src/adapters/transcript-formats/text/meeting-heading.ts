const MAX_TITLE = 150;
const MAX_LINE = 80;
/** "30m 5s", "30 Min. 5 Sek.", "1 hour, 2 minutes" */
const DURATION = /^(?:\d{1,4}\s*\p{L}{1,8}[.,]?\s*){1,3}$/u;
const TRANSCRIPTION = /(?:started|stopped) transcription$/i;
const YEAR = /^(?:19|20)\d\d$/;
/** A day of the week and a month. */
const MAX_DATE_WORDS = 2;
const SMALL_WORDS = /^(?:am|pm|de|of|at|um|à|il|den|the|st|nd|rd|th)$/i;

/** A title, the date of the meeting and how long it took, as Teams and Otter put them above a transcript. */
export class MeetingHeading {
  #lines = 0;
  #hasDate = false;
  #isOnly = true;

  add(line: string): void {
    this.#lines++;
    const isDate = isDateLine(line);
    this.#hasDate ||= isDate;
    const isTitle = this.#lines === 1 && line.length <= MAX_TITLE;
    this.#isOnly &&=
      isTitle || isDate || DURATION.test(line.slice(0, MAX_LINE)) || TRANSCRIPTION.test(line.slice(-MAX_LINE));
  }

  /** Whether this is all that was added. A title alone may have been said. */
  get isWhole(): boolean {
    return this.#hasDate && this.#isOnly;
  }
}

/** A date and nothing more: "September 12, 2026, 2:00PM", "Do., 12. Sept. 2026 14:00 • 30:05". */
function isDateLine(line: string): boolean {
  if (line.length > MAX_LINE) return false;
  const parts = line.split(/[\s,.•·|/–-]+/).filter((part) => part !== '' && !SMALL_WORDS.test(part));
  const words = parts.filter((part) => !/\d/.test(part));
  return words.length <= MAX_DATE_WORDS && parts.some((part) => YEAR.test(part)) && parts.length - words.length >= 2;
}
