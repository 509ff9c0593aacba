import type { Provider } from '../../../sdk/wire-types.ts';
import { recall, remember } from '../lib/stored.ts';

const PROVIDER = 'ask.provider';

/** The provider that this tab chose last; null for the default. */
export function chosenProvider(): Provider | null {
  return recall<Provider | null>(PROVIDER, null);
}

export function chooseProvider(provider: Provider | null): void {
  remember(PROVIDER, provider);
}
