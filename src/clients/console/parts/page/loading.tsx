export function Loading({ what }: { what: string }) {
  return (
    <p class="loading muted" role="status">
      Loading {what}…
    </p>
  );
}
