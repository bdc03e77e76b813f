import { decodeUtf8, type JsonNode, readJson, type TextError } from '../../kernel/json.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import { type CostGame, MAX_PLAYERS, membersOf } from './game.ts';

/** A cost game of a file: players by name, and weights where the file has them. */
export interface GameFile {
  readonly players: readonly string[];
  readonly game: CostGame;
  /** One a player; null: the stand-alone costs. */
  readonly weights: Float64Array | null;
}

class Refused extends Error {
  readonly line: number;
  constructor(node: JsonNode, message: string) {
    super(message);
    this.line = node.line;
  }
}

const refuse = (node: JsonNode, message: string): never => {
  throw new Refused(node, message);
};

/**
 * Reads a cost game (UTF-8 JSON): `players`, the cost of every non-empty group under the names of its players in the
 * order of `players` joined by commas, and `weights` (optional, finite, >= 0). Keys that the format does not know are
 * left alone at the top, and refused inside `cost` and `weights`. The error names the line of what is wrong.
 */
export function readGame(source: Uint8Array | string): Result<GameFile, TextError> {
  const text = typeof source === 'string' ? ok(source) : decodeUtf8(source);
  if (!text.ok) return text;
  const root = readJson(text.value);
  if (!root.ok) return root;
  try {
    return ok(gameOfFile(root.value));
  } catch (error) {
    if (error instanceof Refused) return err({ line: error.line, message: error.message });
    throw error;
  }
}

function gameOfFile(root: JsonNode): GameFile {
  const file = entriesOf(root, 'the file');
  const need = (key: string): JsonNode => file.get(key) ?? refuse(root, `the file has no "${key}"`);
  const players = playersOf(need('players'));
  const game = { size: players.length, cost: costsOf(need('cost'), players) };
  const weights = file.get('weights');
  return { players, game, weights: weights === undefined ? null : weightsOf(weights, players) };
}

function entriesOf(node: JsonNode, name: string): ReadonlyMap<string, JsonNode> {
  return node.kind === 'object' ? node.entries : refuse(node, `${name} must be an object`);
}

const numberOf = (node: JsonNode, name: string): number =>
  node.kind === 'number' ? node.value : refuse(node, `${name} must be a number`);

/** A key of the file for a message, shortened. */
const shown = (key: string): string => JSON.stringify(key.length > 60 ? `${key.slice(0, 60)}...` : key);

function playersOf(node: JsonNode): string[] {
  if (node.kind !== 'array') return refuse(node, '"players" must be a list of names');
  if (node.items.length === 0) refuse(node, '"players" is empty');
  if (node.items.length > MAX_PLAYERS)
    refuse(
      node,
      `"players" has ${node.items.length} names, at most ${MAX_PLAYERS} can be shared among exactly`,
    );
  const names = new Set<string>();
  for (const item of node.items) {
    if (item.kind !== 'string' || item.value === '')
      return refuse(item, 'a player must be a text that is not empty');
    if (item.value.includes(',')) refuse(item, `the player ${shown(item.value)} has a comma in its name`);
    if (names.has(item.value)) refuse(item, `the player ${shown(item.value)} is named twice`);
    names.add(item.value);
  }
  return [...names];
}

function costsOf(node: JsonNode, players: readonly string[]): Float64Array {
  const entries = entriesOf(node, '"cost"');
  const bits = new Map(players.map((name, i) => [name, 1 << i]));
  const cost = new Float64Array(2 ** players.length);
  for (const [key, value] of entries) {
    const amount = numberOf(value, `the cost of ${shown(key)}`);
    cost[maskOf(key, bits, value)] = amount === 0 ? 0 : amount; // -0 is 0
  }
  // Keys are distinct, and each is the one name of its group: as many keys as groups means that all are there.
  if (entries.size < cost.length - 1) {
    const missing = firstMissing(entries, players);
    refuse(
      node,
      `"cost" has no group ${shown(missing)} (${cost.length - 1} groups are needed, ${entries.size} given)`,
    );
  }
  return cost;
}

function maskOf(key: string, bits: ReadonlyMap<string, number>, node: JsonNode): number {
  let mask = 0;
  for (const name of key.split(',')) {
    const bit = bits.get(name);
    if (bit === undefined)
      return refuse(node, `the group ${shown(key)} has ${shown(name)}, who is not one of "players"`);
    if ((mask & bit) !== 0) refuse(node, `the group ${shown(key)} names ${shown(name)} twice`);
    if (mask > bit)
      refuse(node, `the group ${shown(key)} does not name its players in the order of "players"`);
    mask |= bit;
  }
  return mask;
}

const groupName = (mask: number, players: readonly string[]): string =>
  membersOf(mask)
    .map((i) => players[i]!)
    .join(',');

function firstMissing(entries: ReadonlyMap<string, JsonNode>, players: readonly string[]): string {
  for (let mask = 1; mask < 2 ** players.length; mask += 1) {
    const name = groupName(mask, players);
    if (!entries.has(name)) return name;
  }
  throw new Error('firstMissing: no group is missing');
}

function weightsOf(node: JsonNode, players: readonly string[]): Float64Array {
  const entries = entriesOf(node, '"weights"');
  for (const [name, value] of entries)
    if (!players.includes(name)) refuse(value, `"weights" has ${shown(name)}, who is not one of "players"`);
  return Float64Array.from(players, (name) => {
    const value = entries.get(name) ?? refuse(node, `"weights" has no weight for ${shown(name)}`);
    const weight = numberOf(value, `the weight of ${shown(name)}`);
    return weight >= 0 ? Math.abs(weight) : refuse(value, `the weight of ${shown(name)} is below 0`);
  });
}
