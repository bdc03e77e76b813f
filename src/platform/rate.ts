/** How much one source may call what strangers can call. In memory: it protects this process. */
export interface RateLimit {
  /** True when the call may pass; counts it. `at` in milliseconds. */
  allow(key: string, at?: number): boolean;
}

const MOST_KEYS = 50_000;

/** A token bucket a key: `burst` calls at once, then one every `everySeconds`. */
export function rateLimit(burst: number, everySeconds: number): RateLimit {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return {
    allow(key, at = Date.now()) {
      const bucket = buckets.get(key) ?? { tokens: burst, at };
      // A clock set back takes nothing away.
      const seconds = Math.max(0, at - bucket.at) / 1000;
      bucket.tokens = Math.min(burst, bucket.tokens + seconds / everySeconds);
      bucket.at = at;
      buckets.delete(key);
      buckets.set(key, bucket);
      // Oldest first in a Map: the memory stays bounded whatever strangers send.
      if (buckets.size > MOST_KEYS) buckets.delete(buckets.keys().next().value!);
      if (bucket.tokens < 1) return false;
      bucket.tokens -= 1;
      return true;
    },
  };
}
