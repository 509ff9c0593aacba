import { useEffect } from 'preact/hooks';
import type { Provider, ProviderList } from '../../../sdk/wire-types.ts';
import { PROVIDER_NAMES, SANDBOX } from '../../lib/model-name.ts';
import { useConsole } from '../../state/console.ts';
import { useLoad } from '../../state/lib/use-load.ts';

interface Props {
  chosen: Provider | null;
  onChoose: (provider: Provider | null) => void;
}

/** A choice of who answers: the providers that the service can ask, each with its model. Until they are known, only the default. */
export function ProviderPicker({ chosen, onChoose }: Props) {
  const { api } = useConsole();
  const { data } = useLoad('providers', () => api.providers());
  const offered = data?.data ?? [];
  const preferred = offered.find((each) => each.default);
  const known = offered.find(({ provider }) => provider === chosen);
  // The provider that this tab remembers may be gone.
  useEffect(() => {
    if (data !== null && chosen !== null && known === undefined) onChoose(null);
  }, [data]);
  return (
    <select
      class="quiet"
      aria-label="Model"
      value={known?.provider ?? ''}
      onChange={({ currentTarget: { value } }) =>
        onChoose(offered.find(({ provider }) => provider === value)?.provider ?? null)
      }
    >
      <option value="">
        {preferred === undefined ? 'Default model' : `Default: ${preferred.sandbox ? SANDBOX : nameOf(preferred)}`}
      </option>
      {offered.map((each) => (
        <option key={each.provider} value={each.provider}>
          {nameOf(each)}
        </option>
      ))}
    </select>
  );
}

/** The sandbox has no model: it answers in the place of each provider. */
function nameOf({ provider, model, sandbox }: ProviderList['data'][number]): string {
  const name = PROVIDER_NAMES[provider];
  return sandbox ? `${SANDBOX} for ${name}` : `${name} · ${model}`;
}
