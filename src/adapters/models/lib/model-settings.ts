/** What an adapter needs to reach its model. */
export interface ModelSettings {
  apiKey: string;
  /** The provider's own address when undefined. No slash at its end. */
  baseUrl: string | undefined;
  model: string;
  /** How long one attempt may take, from the request to the last byte of the reply. */
  timeoutMs: number;
}
