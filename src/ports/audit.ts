/** Something that is stored and should not be, or that has no end. */
export interface Finding {
  /** A collection, `index` or `temporal`. */
  place: string;
  /** Of the document, the record or the run. */
  id: string;
  /**
   * `unowned`: its end user is gone. `unreachable`: what it hangs on is gone. `unfinished`: nothing works on it any more.
   * `dangling`: it names something that is gone.
   */
  kind: 'unowned' | 'unreachable' | 'unfinished' | 'dangling';
  /** What is wrong, for people. */
  says: string;
  /** Whether a tombstone covers it, so that it may be removed. */
  covered: boolean;
}

/** One place in which things are stored. */
export interface Audited {
  inspect(): Promise<Finding[]>;
  /** Removes what was found. */
  remove(finding: Finding): Promise<void>;
}
