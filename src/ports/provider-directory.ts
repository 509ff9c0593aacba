import type { Provider } from '../domain/shared/provider.ts';

/** A provider that can be asked here. Keys and addresses stay with the workers. */
export interface PublishedProvider {
  provider: Provider;
  model: string;
  /** Whether a stand-in of this service answers in its place. */
  sandbox: boolean;
  /** The context window of the model. */
  contextTokens: number;
  /** Whether it answers where neither the question nor its project names one. */
  isDefault: boolean;
}

/** Whom the workers can ask. */
export interface ProviderDirectory {
  /** Says what one worker has; it holds for a minute. */
  publish(worker: string, providers: readonly PublishedProvider[]): Promise<void>;
  /** Says that a worker ends: it counts only while no other one has said anything. */
  withdraw(worker: string): Promise<void>;
  /** The default first; empty where no worker has said anything for minutes. Up to a second old. */
  list(): Promise<PublishedProvider[]>;
}
