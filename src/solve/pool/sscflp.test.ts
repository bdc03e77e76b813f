import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerOf, costOf, costScale, parseSscflp } from './sscflp.ts';

/** Two facilities, three customers. */
const SMALL = `2 3
10 12
100 90
4 5 6
1 2
3 4
5 6
`;

const parsed = (text: string) => {
  const result = parseSscflp(text);
  if (!result.ok) throw new Error(`${result.error.line}: ${result.error.message}`);
  return result.value;
};

describe('parseSscflp', () => {
  it('reads the rows of the format', () => {
    const instance = parsed(SMALL);
    expect(instance.facilities).toBe(2);
    expect(instance.customers).toBe(3);
    expect([...instance.capacity]).toEqual([10, 12]);
    expect([...instance.fixedCost]).toEqual([100, 90]);
    expect([...instance.demand]).toEqual([4, 5, 6]);
    expect([...instance.cost]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('takes any white space, a byte order mark, Windows line ends and decimals', () => {
    const words = SMALL.trim().split(/\s+/);
    expect(parsed(`\uFEFF${words.join('\r\n')}`)).toEqual(parsed(SMALL));
    expect(parsed(words.map((word) => `${word}.000000`).join(' \t '))).toEqual(parsed(SMALL));
    expect([...parsed(SMALL.replace('100', '1.5e2')).fixedCost]).toEqual([150, 90]);
  });

  it.each([
    ['', 1, 'the file is empty'],
    [' \n\n', 1, 'the file is empty'],
    ['2', 1, 'the number of customers is missing'],
    ['0 3\n', 1, 'the number of facilities must be a whole number from 1, not 0'],
    ['2.5 3\n', 1, 'the number of facilities must be a whole number from 1, not 2.5'],
    ['2 1e99\n1 1', 1, 'the number of customers must be a whole number from 1, not 1e+99'],
    [SMALL.replace('12', 'twelve'), 2, '"twelve" is not a number'],
    [SMALL.replace('12', '0x0c'), 2, '"0x0c" is not a number'],
    [SMALL.replace('12', '1e999'), 2, '"1e999" is not a number'],
    [SMALL.replace('12', 'NaN'), 2, '"NaN" is not a number'],
    [SMALL.replace('12', '1,5'), 2, '"1,5" is not a number'],
    [SMALL.replace('90', '-90'), 3, '-90 is negative'],
    [SMALL.replace('4 5 6', '4 5'), 4, '3 demands expected, 2 found'],
    [SMALL.replace('10 12', '10'), 2, '2 capacities expected, 1 found'],
    [SMALL.replace('1 2\n', '1 2 3\n'), 5, '2 assignment costs expected, 3 found'],
    [SMALL.replace('5 6\n', ''), 6, 'the file ends after 13 of 15 numbers'],
    [`${SMALL}7\n`, 8, 'more than the 15 numbers expected'],
    ['<html>\n', 1, '"<html>" is not a number'],
  ])('refuses %j', (text, line, message) => {
    expect(parseSscflp(text)).toEqual({ ok: false, error: { line, message } });
  });

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('1', '2', '9', '.', '-', ' ', '\n', 'e', 'x') }),
        (text) => {
          const result = parseSscflp(text);
          if (!result.ok) expect(result.error.line).toBeGreaterThanOrEqual(1);
        },
      ),
    );
  });
});

it('an answer opens what serves, and costs fixed costs and assignments', () => {
  const answer = answerOf([1, 0, 1]);
  expect(answer).toEqual({ open: [0, 1], assign: [1, 0, 1] });
  // 100 + 90 open; customers cost 2, 3 and 6.
  expect(costOf(parsed(SMALL), answer)).toBe(201);
});

it.each([
  ['100', 1],
  ['100.5', 10],
  ['100.25', 100],
  ['100.125', 1000],
  ['100.0625', 0],
])('with a fixed cost of %s costs are whole in units of 1/%s', (cost, scale) => {
  expect(costScale(parsed(SMALL.replace('100', cost)))).toBe(scale);
});
