import type { TextError } from '../../kernel/json.ts';
import type { Result } from '../../kernel/result.ts';
import { type Field, flag, key, list, number, oneOf, orNull, readAnswer, text } from '../check-read.ts';
import type { SscflpAnswer } from './check-sscflp.ts';
import type { PoolPlan, UnservedReason } from './problem.ts';

const REASONS: readonly UnservedReason[] = [
  'below-minimum',
  'no-date',
  'no-site',
  'full',
  'too-dear',
  'condition',
  'not-worth-it',
];

/** Reads a plan file: every key of the format with its type. Whether it is right is for the check to say. */
export const readPlan = (bytes: Uint8Array): Result<PoolPlan, TextError> => readAnswer(bytes, planOf);

/** Reads `{ "open": [...], "assign": [...] }`. */
export const readSscflpAnswer = (bytes: Uint8Array): Result<SscflpAnswer, TextError> =>
  readAnswer(bytes, (file) => ({
    open: list(key(file, 'open'), number),
    assign: list(key(file, 'assign'), number),
  }));

const planOf = (file: Field): PoolPlan => ({
  sessions: list(key(file, 'sessions'), (of) => ({
    offer: text(key(of, 'offer')),
    date: text(key(of, 'date')),
    seats: list(key(of, 'seats'), seatsOf),
  })),
  individual: list(key(file, 'individual'), (of) => ({ ...seatsOf(of), cost: number(key(of, 'cost')) })),
  unserved: list(key(file, 'unserved'), (of) => ({
    ...seatsOf(of),
    reason: oneOf(key(of, 'reason'), REASONS),
  })),
  cost: number(key(file, 'cost')),
  bound: orNull(key(file, 'bound'), number),
  billed: number(key(file, 'billed')),
  shares: list(key(file, 'shares'), (of) => ({
    company: text(key(of, 'company')),
    pays: number(key(of, 'pays')),
    travel: number(key(of, 'travel')),
    alone: orNull(key(of, 'alone'), number),
    saves: orNull(key(of, 'saves'), number),
    capped: flag(key(of, 'capped')),
    exact: flag(key(of, 'exact')),
    error: number(key(of, 'error')),
  })),
  scarce: flag(key(file, 'scarce')),
  core: oneOf(key(file, 'core'), ['in', 'out', 'undecided']),
  blocking: orNull(key(file, 'blocking'), (of) => list(of, text)),
  gain: number(key(file, 'gain')),
});

const seatsOf = (of: Field): { need: string; seats: number } => ({
  need: text(key(of, 'need')),
  seats: number(key(of, 'seats')),
});
