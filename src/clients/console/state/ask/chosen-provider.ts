import type { Provider } from '../../../sdk/wire-types.ts';
import { recall, remember } from '../lib/stored.ts';

const PROVIDER = 'ask.provider';

/** Who shall answer, as this tab chose last; null: whoever is the default. */
export function chosenProvider(): Provider | null {
  return recall<Provider | null>(PROVIDER, null);
}

export function chooseProvider(provider: Provider | null): void {
  remember(PROVIDER, provider);
}
