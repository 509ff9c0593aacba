/** A dependency that `/readyz` checks. `check` resolves within about a second or throws. */
export interface Dependency {
  readonly name: string;
  check(): Promise<void>;
}
