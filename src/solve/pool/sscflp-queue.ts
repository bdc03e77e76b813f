/** A queue that gives the entry of least key first; a binary heap. */
export interface LeastFirst<T> {
  push(entry: T): void;
  pop(): T | undefined;
  /** Key of the entry that is next; Infinity where there is none. */
  leastKey(): number;
}

export function leastFirst<T>(keyOf: (entry: T) => number): LeastFirst<T> {
  const heap: { key: number; entry: T }[] = [];
  const swap = (a: number, b: number): void => {
    [heap[a], heap[b]] = [heap[b]!, heap[a]!];
  };
  return {
    push(entry) {
      heap.push({ key: keyOf(entry), entry });
      for (let at = heap.length - 1; at > 0; ) {
        const above = (at - 1) >> 1;
        if (heap[above]!.key <= heap[at]!.key) break;
        swap(above, at);
        at = above;
      }
    },
    pop() {
      if (heap.length === 0) return undefined;
      swap(0, heap.length - 1);
      const { entry } = heap.pop()!;
      for (let at = 0; ; ) {
        const [left, right] = [2 * at + 1, 2 * at + 2];
        if (left >= heap.length) break;
        const least = right < heap.length && heap[right]!.key < heap[left]!.key ? right : left;
        if (heap[at]!.key <= heap[least]!.key) break;
        swap(at, least);
        at = least;
      }
      return entry;
    },
    leastKey: () => heap[0]?.key ?? Number.POSITIVE_INFINITY,
  };
}
