/** Why the program cannot start or go on: its message is the one sentence that the operator reads. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

/** The code that Node (`ECONNREFUSED`) or PostgreSQL (SQLSTATE, `42501`) gave an error; '' where there is none. */
export const codeOf = (error: unknown): string => {
  if (!(error instanceof Error)) return '';
  // Node wraps one failure an address of the host in an AggregateError, which carries the code of the first.
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
};
