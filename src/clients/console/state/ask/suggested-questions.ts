import type { Recording } from '../../../sdk/wire-types.ts';
import { day } from '../../lib/format.ts';

/**
 * First questions that the names, dates and speakers of the recordings suggest; no model is asked for them.
 * @param recordings those of the scope that can be asked, newest first; a few are enough
 * @param speakers who speaks in the only recording of the scope
 */
export function suggestedQuestions(recordings: readonly Recording[], speakers: readonly string[]): string[] {
  const [latest, before] = recordings;
  if (latest === undefined) return [];
  if (before === undefined) {
    const [first, second] = speakers;
    return [
      'What was decided, and by whom?',
      'Which tasks, dates and numbers are named?',
      ...(first === undefined ? [] : [`What did ${first} say?`]),
      ...(second === undefined ? [] : [`What do ${first} and ${second} disagree about?`]),
    ];
  }
  return [
    `What was decided in ${nameIn(latest, 'the latest recording')}?`,
    `What changed between ${nameIn(before, 'the recording before')} and ${nameIn(latest, 'the latest one')}?`,
    'Which tasks are still open?',
    ...(latest.started_at === null ? [] : [`What was said on ${day(latest.started_at)}?`]),
  ];
}

/** A name that nobody would say stays out of a question. */
const LONGEST_NAME = 60;

function nameIn({ name }: Recording, otherwise: string): string {
  return name === null || name.length > LONGEST_NAME ? otherwise : `“${name}”`;
}
