import type { Message } from '../../../sdk/wire-types.ts';

type Grounding = Extract<Message, { role: 'assistant' }>['grounding'];
type Doubt = NonNullable<Grounding>['unsupported'][number];

/** What a check of the answer against the cited lines found. It says nothing where all was found. */
export function GroundingNote({ grounding }: { grounding: Grounding }) {
  if (grounding === null || grounding.status === 'supported') return null;
  const { status, unsupported } = grounding;
  const named = unsupported.flatMap(({ text, kind }) => (text === null ? [] : [`“${text}” (${KINDS[kind]})`]));
  return (
    <p class="note small">
      {status === 'partial' ? `The cited lines do not show ${named.join(', ') || 'all of this'}.` : WORDS[status]}
    </p>
  );
}

const KINDS: Record<Doubt['kind'], string> = {
  number: 'number',
  date: 'date',
  name: 'name',
  speaker: 'speaker',
  quote: 'quotation',
};

const WORDS: Record<Exclude<NonNullable<Grounding>['status'], 'supported' | 'partial'>, string> = {
  uncited: 'This answer cites nothing: it cannot be checked.',
  not_found: 'The model found no answer in these recordings.',
  unchecked: 'The numbers and names of this answer could not be checked in its language.',
};
