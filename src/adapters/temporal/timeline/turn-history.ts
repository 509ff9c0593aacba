import type { TurnId } from '../../../domain/shared/ids.ts';
import type { HistoryEvent } from './run-view.ts';

/**
 * The events of a run between the begin and the end of a turn, or until now. Turns run one after another, so one that was
 * accepted behind others begins when they have completed.
 * @returns null when the run did not accept the turn. If a turn ran more than once, its last run counts.
 */
export function eventsOfTurn(events: readonly HistoryEvent[], id: TurnId): HistoryEvent[] | null {
  const accepted = events.findLastIndex((event) => turnAcceptedBy(event) === id);
  if (accepted === -1) return null;
  const ends = endsOfUpdates(events);
  const endOf = (event: HistoryEvent | undefined) => ends.get(String(event?.eventId)) ?? events.length;
  const earlier = events.slice(0, accepted).filter((event) => turnAcceptedBy(event) !== null);
  return events.slice(Math.max(accepted, ...earlier.map(endOf)) + 1, endOf(events[accepted]));
}

/** The turn of an accepted update. The update's id is the turn's id, with a suffix if the turn ran again. */
function turnAcceptedBy({ workflowExecutionUpdateAcceptedEventAttributes: accepted }: HistoryEvent): string | null {
  const id = accepted?.protocolInstanceId?.split('/', 1)[0];
  return id?.startsWith('trn_') ? id : null;
}

/** The places of the events that completed updates, by the ids of the events that had accepted them. */
function endsOfUpdates(events: readonly HistoryEvent[]): Map<string, number> {
  return new Map(
    events.flatMap(({ workflowExecutionUpdateCompletedEventAttributes: completed }, index) =>
      completed ? [[String(completed.acceptedEventId), index] as const] : [],
    ),
  );
}
