/**
 * Which feature may import which, through its `index.ts` alone. A new arrow is written here first: a test reads every
 * import, and refuses a cycle and an arrow that nobody uses.
 */
export const FEATURE_GRAPH: Readonly<Record<string, readonly string[]>> = {
  identity: [],
  members: [],
  campaigns: [],
};
