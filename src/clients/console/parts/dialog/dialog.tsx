import type { ComponentChildren } from 'preact';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';

interface Props {
  title: string;
  /** Called once it is closed, by a button of it or by Escape. */
  onClose: () => void;
  children: ComponentChildren;
}

/** A question over the page. It keeps the focus, and gives it back where it came from. */
export function Dialog({ title, onClose, children }: Props) {
  const element = useRef<HTMLDialogElement>(null);
  const heading = useId();
  const [opener] = useState(document.activeElement);
  useLayoutEffect(() => element.current?.showModal(), []);
  useEffect(
    () => () => {
      // What opened it may be gone by now, for example with the row that was deleted.
      const next = opener instanceof HTMLElement && opener.isConnected ? opener : document.querySelector('h1');
      next?.focus({ preventScroll: true });
    },
    [opener],
  );
  return (
    <dialog ref={element} class="dialog" aria-labelledby={heading} onClose={onClose}>
      <div class="dialog-body">
        <h2 id={heading}>{title}</h2>
        {children}
      </div>
    </dialog>
  );
}

/** Closes the dialog that the element stands in. */
export function closeDialog(inside: Element): void {
  inside.closest('dialog')?.close();
}
