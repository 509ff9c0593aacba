/** Outlines in a square of 24, drawn for this console. */
const OUTLINES = {
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM20 20l-4-4',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  close: 'M6 6l12 12M18 6L6 18',
  down: 'M12 5v14M6 13l6 6 6-6',
  next: 'M6 9l6 6 6-6',
  previous: 'M6 15l6-6 6 6',
  upload: 'M12 16V5M7 9.5L12 4.5l5 5M5 19h14',
  plus: 'M12 5v14M5 12h14',
  link: 'M10 14a4 4 0 0 0 5.7 0l3-3a4 4 0 0 0-5.7-5.7l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1-1',
};

/** Decoration, because each button that has an icon also has a name in words. */
export function Icon({ name }: { name: keyof typeof OUTLINES }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
      <path d={OUTLINES[name]} />
    </svg>
  );
}
