import { useEffect, useState } from 'preact/hooks';
import type { TimelineStep, TurnPlace } from '../../../sdk/wire-types.ts';
import { countOf, span } from '../../lib/format.ts';
import { useConsole } from '../../state/console.ts';
import { useLoad } from '../../state/lib/use-load.ts';

const REFRESH_MS = 2_000;

/** The steps of a turn. They are loaded when the timeline is opened, and again while the turn runs. */
export function TurnTimeline({ place, running }: { place: TurnPlace; running: boolean }) {
  const [open, setOpen] = useState(false);
  return (
    <details class="more" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Timeline</summary>
      {open && <Steps place={place} running={running} />}
    </details>
  );
}

function Steps({ place, running }: { place: TurnPlace; running: boolean }) {
  const { api } = useConsole();
  const { data, failure, reload } = useLoad(`${place.turn_id} ${running}`, () => api.timeline(place));
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(reload, REFRESH_MS);
    return () => clearInterval(timer);
  }, [running, reload]);

  if (data === null)
    return <p class="muted small">{failure === null ? 'Loading…' : 'The timeline is not available.'}</p>;
  return (
    <>
      <ol class="plain steps small">
        {data.steps.map((step) => (
          <Step key={`${step.name} ${step.started_at}`} step={step} />
        ))}
      </ol>
      {data.ui_url !== null && (
        <a class="small" href={data.ui_url} target="_blank" rel="noreferrer">
          This run in the Temporal UI
        </a>
      )}
    </>
  );
}

function Step({ step }: { step: TimelineStep }) {
  const { name, summary, started_at, completed_at, waited_ms, attempts, status, failure } = step;
  const took = completed_at === null ? null : Date.parse(completed_at) - Date.parse(started_at);
  const facts = [
    took === null ? status : span(took),
    waited_ms > 0 && `waited ${span(waited_ms)}`,
    attempts > 1 && countOf(attempts, 'attempt'),
    completed_at !== null && status !== 'completed' && status,
  ];
  return (
    <li class={`step ${status}`}>
      <span class="grow">{summary || name}</span>
      <span class="muted">{facts.filter(Boolean).join(' · ')}</span>
      {failure !== null && <span class="step-failure">{failure.reason ?? failure.kind}</span>}
    </li>
  );
}
