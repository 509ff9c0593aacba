import { PROVIDERS, type Provider } from '../../domain/shared/provider.ts';
import { countTokens } from '../../domain/shared/tokens.ts';
import { type Chat, textsOf, wholePrompt } from './protocols/chat-protocol.ts';

const KEPT = 50;
/** Providers cache prompts in blocks of this many tokens, and nothing shorter. */
const CACHE_BLOCK = 64;
const COMPARED_AT_ONCE = 1_024;

interface RecentRequest {
  provider: Provider;
  chat: Chat;
  prompt: string;
}

/** The last requests, in memory only. They show what reached the models and what a prompt cache would hold. */
export class RecentRequests {
  #requests: RecentRequest[] = [];
  #counts = noCounts();
  #abandoned = noCounts();

  /** Remembers a request. @returns its tokens, and how many of them a prompt cache would have served. */
  add(provider: Provider, chat: Chat): { input: number; cached: number } {
    const prompt = wholePrompt(chat);
    const known = this.#requests.filter((request) => request.provider === provider);
    const shared = longestShared(known, prompt);
    this.#counts[provider]++;
    this.#requests = [...this.#requests, { provider, chat, prompt }].slice(-KEPT);
    const input = textsOf(chat).reduce((tokens, text) => tokens + countTokens(text), 0);
    const tokensShared = (input * shared) / Math.max(prompt.length, 1);
    return { input, cached: Math.floor(tokensShared / CACHE_BLOCK) * CACHE_BLOCK };
  }

  /** Notes that a client closed the connection before it had its reply. */
  abandon(provider: Provider): void {
    this.#abandoned[provider]++;
  }

  list() {
    return {
      counts: this.#counts,
      abandoned: this.#abandoned,
      requests: this.#requests.map(({ provider, chat }) => ({ provider, ...chat })),
    };
  }

  clear(): void {
    this.#requests = [];
    this.#counts = noCounts();
    this.#abandoned = noCounts();
  }
}

/** The longest prefix that an earlier prompt shares. The latest come first, because the others mostly share less and are skipped. */
function longestShared(known: readonly RecentRequest[], prompt: string): number {
  let longest = 0;
  for (const { prompt: earlier } of known.toReversed()) {
    const sharesMore = prompt.startsWith(earlier.slice(0, longest + 1));
    if (sharesMore) longest = Math.max(longest, sharedPrefix(earlier, prompt));
  }
  return longest;
}

function sharedPrefix(a: string, b: string): number {
  const end = Math.min(a.length, b.length);
  let i = 0;
  // Blocks are compared first, because prompts are long and differ mostly in their last lines.
  while (i < end && a.slice(i, i + COMPARED_AT_ONCE) === b.slice(i, i + COMPARED_AT_ONCE)) i += COMPARED_AT_ONCE;
  while (i < end && a.charCodeAt(i) === b.charCodeAt(i)) i++;
  return Math.min(i, end);
}

function noCounts(): Record<Provider, number> {
  return Object.fromEntries(PROVIDERS.map((provider) => [provider, 0])) as Record<Provider, number>;
}
