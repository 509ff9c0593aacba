/** One thing looked at. `note`: nothing is wrong, but it is good to know. */
export interface Finding {
  name: string;
  state: 'fine' | 'note' | 'wrong';
  detail: string;
  /** What to do about it; null when nothing is needed. */
  remedy: string | null;
}

export const fine = (name: string, detail: string): Finding => ({ name, state: 'fine', detail, remedy: null });
export const note = (name: string, detail: string, remedy: string | null = null): Finding => ({
  name,
  state: 'note',
  detail,
  remedy,
});
export const wrong = (name: string, detail: string, remedy: string): Finding => ({
  name,
  state: 'wrong',
  detail,
  remedy,
});
