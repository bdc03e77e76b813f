/**
 * A transportation problem with seats that all must be placed: needs send seats to sessions or outside. Sessions
 * charge the k-th seat a price that never falls with k, so that seats placed one shortest path after the other are
 * placed at least cost (successive shortest paths; R. G. Busacker and P. J. Gowen, 1961). Whole seats in, whole seats
 * out.
 */
export interface Transport {
  readonly needCount: number;
  readonly sessionCount: number;
  readonly edgeNeed: Int32Array;
  readonly edgeSession: Int32Array;
  /** Cost of a seat on the edge. */
  readonly edgeCost: Float64Array;
  readonly edgesOfNeed: readonly Int32Array[];
  readonly edgesOfSession: readonly Int32Array[];
}

export interface TransportLimits {
  /** Seats to place, by need. */
  readonly supply: Int32Array;
  /** Most seats on each edge. */
  readonly edgeMax: Int32Array;
  /** Cost of a seat outside, by need; Infinity where that is not allowed. */
  readonly outsideCost: Float64Array;
  /** Seats that a session already has, by session. */
  readonly taken: Int32Array;
  /** Most seats in all, by session. */
  readonly sessionMax: Int32Array;
  /** Price that session j charges for its next seat when it has k, and for how many more seats it is the same. */
  price(j: number, k: number): number;
  priceRun(j: number, k: number): number;
}

export interface TransportFlow {
  readonly onEdge: Int32Array;
  readonly outside: Int32Array;
}

/** Shorter by less is noise of doubles. */
const SHORTER = 1e-6;

/** Places all seats at least cost; null where some cannot be placed. */
export function placeSeats(net: Transport, limits: TransportLimits): TransportFlow | null {
  const { needCount, sessionCount, edgeNeed, edgeSession, edgeCost } = net;
  const { edgeMax, outsideCost, sessionMax } = limits;
  const onEdge = new Int32Array(edgeNeed.length);
  const outside = new Int32Array(needCount);
  const left = limits.supply.slice();
  const seats = limits.taken.slice();
  const needDistance = new Float64Array(needCount);
  const sessionDistance = new Float64Array(sessionCount);
  /** Edge by which a session was reached, and by which a need gives a seat up; -1: the need has seats to place. */
  const into = new Int32Array(sessionCount);
  const back = new Int32Array(needCount);
  const queue: number[] = [];
  const isQueued = new Uint8Array(needCount);

  for (;;) {
    queue.length = 0;
    sessionDistance.fill(Number.POSITIVE_INFINITY);
    for (let n = 0; n < needCount; n += 1) {
      const has = left[n]! > 0;
      needDistance[n] = has ? 0 : Number.POSITIVE_INFINITY;
      back[n] = -1;
      isQueued[n] = has ? 1 : 0;
      if (has) queue.push(n);
    }
    if (queue.length === 0) return { onEdge, outside };
    // Distances by relaxing from needs whose distance fell (Bellman and Ford); no cycle has a negative cost.
    for (let head = 0; head < queue.length; head += 1) {
      const n = queue[head]!;
      isQueued[n] = 0;
      for (const e of net.edgesOfNeed[n]!) {
        if (onEdge[e]! >= edgeMax[e]!) continue;
        const j = edgeSession[e]!;
        const there = needDistance[n]! + edgeCost[e]!;
        if (there >= sessionDistance[j]! - SHORTER) continue;
        sessionDistance[j] = there;
        into[j] = e;
        for (const f of net.edgesOfSession[j]!) {
          if (onEdge[f] === 0) continue;
          const m = edgeNeed[f]!;
          const onward = there - edgeCost[f]!;
          if (onward >= needDistance[m]! - SHORTER) continue;
          needDistance[m] = onward;
          back[m] = f;
          if (isQueued[m] === 0) {
            isQueued[m] = 1;
            queue.push(m);
          }
        }
      }
    }
    let best = Number.POSITIVE_INFINITY;
    let endNeed = -1;
    let endSession = -1;
    for (let n = 0; n < needCount; n += 1) {
      const end = needDistance[n]! + outsideCost[n]!;
      if (end < best - SHORTER) {
        best = end;
        endNeed = n;
      }
    }
    for (let j = 0; j < sessionCount; j += 1) {
      if (seats[j]! >= sessionMax[j]! || sessionDistance[j] === Number.POSITIVE_INFINITY) continue;
      const end = sessionDistance[j]! + limits.price(j, seats[j]!);
      if (end < best - SHORTER) {
        best = end;
        endSession = j;
      }
    }
    if (best === Number.POSITIVE_INFINITY) return null;

    let amount =
      endSession === -1 ? Number.MAX_SAFE_INTEGER : limits.priceRun(endSession, seats[endSession]!);
    const walk = (step: (forward: number, backward: number) => void): number => {
      let n = endNeed;
      if (endSession !== -1) {
        step(into[endSession]!, -1);
        n = edgeNeed[into[endSession]!]!;
      }
      while (back[n] !== -1) {
        const given = back[n]!;
        const forward = into[edgeSession[given]!]!;
        step(forward, given);
        n = edgeNeed[forward]!;
      }
      return n;
    };
    const source = walk((forward, backward) => {
      amount = Math.min(amount, edgeMax[forward]! - onEdge[forward]!);
      if (backward !== -1) amount = Math.min(amount, onEdge[backward]!);
    });
    amount = Math.min(amount, left[source]!);
    walk((forward, backward) => {
      onEdge[forward]! += amount;
      if (backward !== -1) onEdge[backward]! -= amount;
    });
    left[source]! -= amount;
    if (endSession === -1) outside[endNeed]! += amount;
    else seats[endSession]! += amount;
  }
}
