import { useRef } from 'preact/hooks';
import { Icon } from '../page/icon.tsx';

export interface MenuItem {
  name: string;
  onChoose: () => void;
  danger?: true;
}

/** A menu of further actions. @param of the name of what they act on */
export function Menu({ of, items }: { of: string; items: readonly MenuItem[] }) {
  const element = useRef<HTMLDetailsElement>(null);
  const close = () => element.current?.removeAttribute('open');
  return (
    <details
      ref={element}
      class="menu"
      onFocusOut={({ currentTarget, relatedTarget }) => {
        if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) close();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        close();
        element.current?.querySelector('summary')?.focus();
      }}
    >
      <summary class="button quiet icon-button" aria-label={`More for ${of}`}>
        <Icon name="more" />
      </summary>
      <div class="menu-items">
        {items.map(({ name, onChoose, danger }) => (
          <button
            key={name}
            type="button"
            class={danger ? 'quiet danger-words' : 'quiet'}
            onClick={() => {
              element.current?.querySelector('summary')?.focus();
              close();
              onChoose();
            }}
          >
            {name}
          </button>
        ))}
      </div>
    </details>
  );
}
