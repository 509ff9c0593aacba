/** A dependency that `/readyz` asks after. `check` resolves within about a second or throws. */
export interface Dependency {
  readonly name: string;
  check(): Promise<void>;
}
