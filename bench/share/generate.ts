import { seededRandom } from '../../src/solve/random.ts';
import type { CostGame } from '../../src/solve/share/game.ts';
import { membersOf } from '../../src/solve/share/game.ts';

/** A game as the command line reads it: players p1, p2, ... and the cost of every group. */
export function gameText(game: CostGame): string {
  const players = Array.from({ length: game.size }, (_, i) => `p${i + 1}`);
  const rows: string[] = [];
  for (let mask = 1; mask < game.cost.length; mask += 1) {
    const name = membersOf(mask)
      .map((i) => players[i]!)
      .join(',');
    rows.push(`${JSON.stringify(name)}: ${game.cost[mask]}`);
  }
  return `{ "players": ${JSON.stringify(players)},\n"cost": {\n${rows.join(',\n')}\n} }\n`;
}

/**
 * A random game that is not concave: c(S) = |S|^0.7 x a uniform number of [0.5, 1), so that a player may add more to
 * a large group than to a small one.
 */
export function randomCosts(size: number, seed: number): CostGame {
  const random = seededRandom(seed);
  const cost = new Float64Array(2 ** size);
  for (let mask = 1; mask < cost.length; mask += 1)
    cost[mask] = membersOf(mask).length ** 0.7 * (0.5 + 0.5 * random.next());
  return { size, cost };
}
