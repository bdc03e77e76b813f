import { describe, expect, it } from 'vitest';
import { checkSscflp, costOfSscflp, readSscflp } from './check-sscflp.ts';

/** Two facilities of 10 and 6, three customers of 4, 5 and 6. */
const TEXT = '2 3\n10 6\n100.0 50.000000\n4 5 6\n1 2\n3 4\n5 6.5\n';

const read = (text: string) => {
  const result = readSscflp(text);
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
};

const refused = (text: string): string => {
  const result = readSscflp(text);
  return result.ok ? 'accepted' : `${result.error.line}: ${result.error.message}`;
};

describe('the checker of facility location', () => {
  it('reads numbers apart by white space, whatever the lines', () => {
    const instance = read(TEXT);
    expect(instance).toEqual(read(TEXT.replaceAll('\n', ' \r\n ').replaceAll(' ', '\t')));
    expect(instance.assignmentCosts).toEqual([
      [1, 2],
      [3, 4],
      [5, 6.5],
    ]);
  });

  it('says on which line a file is wrong', () => {
    expect(refused('')).toMatch(/^1: /);
    expect(refused('2 3\n10 x')).toBe('2: expected a number, found "x"');
    expect(refused('2 3\n10 6\n100 50\n4 5 6\n1 2\n3 4\n5')).toBe(
      '7: 2 facilities and 3 customers take 15 numbers, found 14',
    );
    expect(refused(`${TEXT}9`)).toMatch(/^8: /);
    expect(refused('0 3\n')).toBe('1: 0 is not a number of facilities or customers');
    expect(refused('NaN 3\n')).toMatch(/^1: /);
  });

  it('recounts the cost and finds each breach', () => {
    const instance = read(TEXT);
    const answer = { open: [0, 1], assign: [0, 0, 1] };
    expect(checkSscflp(instance, answer)).toEqual([]);
    expect(costOfSscflp(instance, answer)).toBe(100 + 50 + 1 + 3 + 6.5);
    const codes = (open: number[], assign: number[]): string[] =>
      checkSscflp(instance, { open, assign }).map((v) => v.code);
    expect(codes([0, 1], [1, 1, 0])).toEqual(['over-capacity']);
    expect(codes([0], [0, 0, 1])).toEqual(['not-open']);
    expect(codes([0, 1], [0, 0])).toEqual(['customers']);
    expect(codes([0, 1], [0, 0, 2])).toEqual(['unknown-facility']);
    expect(codes([0, 1], [0, 0, 0.5])).toEqual(['unknown-facility']);
    expect(codes([0, 1, 1], [0, 0, 1])).toEqual(['open-twice']);
    expect(codes([0, 1, -1], [0, 0, 1])).toEqual(['unknown-facility']);
  });
});
