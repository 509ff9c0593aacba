/** A page of a list; `cursor` is where the next one starts, null at the end. */
export interface Page<T, C> {
  items: T[];
  next: C | null;
}
