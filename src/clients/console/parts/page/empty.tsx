import type { ComponentChildren } from 'preact';

/** What stands where nothing is yet: what that means, and what to do next. */
export function Empty({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <div class="empty">
      <p class="empty-title">{title}</p>
      <div class="muted">{children}</div>
    </div>
  );
}
