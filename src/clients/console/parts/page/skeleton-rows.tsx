const ROWS = [1, 2, 3, 4, 5];

/** Placeholder rows while a list loads, so that nothing jumps when it comes. */
export function SkeletonRows({ what }: { what: string }) {
  return (
    <div class="skeleton" role="status">
      <span class="visually-hidden">Loading {what}…</span>
      {ROWS.map((row) => (
        <div class="skeleton-row" key={row} />
      ))}
    </div>
  );
}
