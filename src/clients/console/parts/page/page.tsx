import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useTitle } from '../../state/lib/use-title.ts';

interface Props {
  title: string;
  actions?: ComponentChildren;
  /** Whether the view places the focus itself. */
  leavesFocus?: boolean;
  /** Whether the view places itself; others start at their top. */
  keepsPlace?: boolean;
  children: ComponentChildren;
}

/** A view's frame. Its heading takes the focus, so that the keyboard and a screen reader go on from there. */
export function Page({ title, actions, leavesFocus = false, keepsPlace = false, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  const [takesFocus] = useState(!leavesFocus);
  useTitle(title);
  // Before anything is shown, so that a user who already types does not lose the focus to the heading.
  useLayoutEffect(() => {
    if (takesFocus) heading.current?.focus({ preventScroll: true });
  }, [takesFocus]);
  useLayoutEffect(() => {
    if (!keepsPlace) scrollTo(0, 0);
  }, [keepsPlace]);
  return (
    <main class="page">
      <div class="page-head">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {actions && <div class="row">{actions}</div>}
      </div>
      {children}
    </main>
  );
}
