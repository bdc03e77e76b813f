import createHighs from 'highs';

/** The HiGHS engine (WebAssembly, MIT licence), loaded once per thread; 0.1-0.3 s the first time. */
export type Highs = Awaited<ReturnType<typeof createHighs>>;

let engine: Promise<Highs> | undefined;

/** Loads HiGHS for this thread. A solve blocks its thread: call it from a worker where people wait. */
export const loadHighs = (): Promise<Highs> => {
  engine ??= createHighs();
  return engine;
};
