import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readGame } from './read.ts';

const good = {
  players: ['a', 'b'],
  cost: { a: 4, b: 5, 'a,b': 6 },
};

/** Line and message of the refusal of a game written one key a line. */
const refusalOf = (game: unknown): string => {
  const result = readGame(typeof game === 'string' ? game : JSON.stringify(game, null, 1));
  return result.ok ? 'accepted' : `${result.error.line}: ${result.error.message}`;
};

describe('readGame', () => {
  it('reads the worked example', () => {
    const result = readGame(readFileSync(new URL('./fixtures/workshop.json', import.meta.url)));
    if (!result.ok) throw new Error(result.error.message);
    expect(result.value.players).toEqual(['a', 'b', 'c']);
    expect([...result.value.game.cost]).toEqual([0, 40, 50, 50, 60, 60, 60, 60]);
    expect([...result.value.weights!]).toEqual([1, 1, 1]);
  });

  it('leaves unknown keys at the top alone', () => {
    expect(refusalOf({ ...good, comment: 'spring' })).toBe('accepted');
  });

  it.each<[string, unknown, string]>([
    ['no players', { cost: {} }, '1: the file has no "players"'],
    ['a list', [], '1: the file must be an object'],
    ['empty players', { ...good, players: [] }, '2: "players" is empty'],
    [
      '21 players',
      { ...good, players: Array.from({ length: 21 }, (_, i) => `p${i}`) },
      '2: "players" has 21 names',
    ],
    ['a player twice', { ...good, players: ['a', 'a'] }, '4: the player "a" is named twice'],
    ['a number as player', { ...good, players: ['a', 1] }, '4: a player must be a text'],
    ['a comma in a name', { ...good, players: ['a', 'b,c'] }, '4: the player "b,c" has a comma'],
    ['a missing group', { ...good, cost: { a: 4, b: 5 } }, '6: "cost" has no group "a,b"'],
    ['an unknown player', { ...good, cost: { ...good.cost, z: 1 } }, '10: the group "z" has "z", who is not'],
    ['the empty group', { ...good, cost: { '': 0, ...good.cost } }, '7: the group "" has ""'],
    [
      'the wrong order',
      { ...good, cost: { a: 4, b: 5, 'b,a': 6 } },
      '9: the group "b,a" does not name its players in',
    ],
    [
      'a player twice in a group',
      { ...good, cost: { a: 4, b: 5, 'a,a': 6 } },
      '9: the group "a,a" names "a" twice',
    ],
    ['a cost as text', { ...good, cost: { a: '4', b: 5, 'a,b': 6 } }, '7: the cost of "a" must be a number'],
    ['a null cost', { ...good, cost: { a: null, b: 5, 'a,b': 6 } }, '7: the cost of "a" must be a number'],
    ['weights of a stranger', { ...good, weights: { a: 1, b: 1, c: 1 } }, '14: "weights" has "c"'],
    ['a weight missing', { ...good, weights: { a: 1 } }, '11: "weights" has no weight for "b"'],
    ['a weight below 0', { ...good, weights: { a: 1, b: -1 } }, '13: the weight of "b" is below 0'],
    ['a key twice', '{"players":["a"],\n"cost":{"a":1,\n"a":2}}', '3: the key "a" is given twice'],
    ['NaN', '{"players":["a"],\n"cost":{"a":NaN}}', '2: expected a value, found "NaN"'],
    ['a huge number', '{"players":["a"],\n"cost":{"a":1e999}}', '2: the number 1e999 is too large'],
    ['cut off', '{"players":["a"],\n"cost":{"a":1', '2: expected "," or "}"'],
    ['empty', '', '1: the file is empty'],
  ])('refuses %s', (_, game, refusal) => {
    expect(refusalOf(game).slice(0, refusal.length)).toBe(refusal);
  });

  it('refuses bytes that are not UTF-8', () => {
    const bytes = Buffer.from('{"players":["\u00e9"],"cost":{"\u00e9":1}}', 'latin1');
    const result = readGame(bytes);
    expect(result.ok ? '' : result.error.message).toBe('not UTF-8 text');
  });
});
