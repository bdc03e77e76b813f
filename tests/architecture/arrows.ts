import { FEATURE_GRAPH } from '../../src/features/graph.ts';
import { type Import, isTest } from './sources.ts';

/** What a room of `src/` may import besides itself. `ui` and `features` say more below. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  kernel: [],
  solve: ['kernel'],
  platform: ['kernel'],
  ui: ['kernel', 'platform'],
  features: ['kernel', 'solve', 'platform', 'ui'],
  app: ['kernel', 'platform', 'ui', 'features'],
  cli: ['kernel', 'solve', 'platform', 'features', 'app', 'demo'],
  demo: ['kernel', 'solve', 'platform', 'features'],
};

/** What draws pages may know of the platform: the frame of a page, the two languages, what a form says. */
const UI_SEES = /^src\/platform\/(html\.ts|i18n\/|form(-errors)?\.ts)/;

/** Where the program is put together: these may import any room. */
const COMPOSITION = new Set(['src/main.ts', 'src/cli.ts', 'src/app/start.ts']);

/**
 * What a file of a feature may import of the same feature, by name. A file and a folder of one name are one thing.
 * `texts` may be read by whatever speaks to people; a type costs nothing and may come from `types` everywhere.
 */
export const FILES: Readonly<Record<string, readonly string[]>> = {
  index: ['*'],
  types: [],
  texts: [],
  paths: [],
  permits: [],
  forms: [],
  rules: [],
  plan: ['rules'],
  store: ['rules'],
  actions: ['rules', 'plan', 'store', 'forms', 'permits', 'paths'],
  views: ['rules', 'plan', 'store', 'forms', 'permits'],
  pages: ['rules', 'plan', 'paths', 'forms', 'texts'],
  mails: ['paths', 'texts'],
  exports: ['views', 'texts'],
  routes: ['actions', 'views', 'pages', 'forms', 'paths', 'exports', 'texts'],
  jobs: ['actions', 'views', 'store', 'plan', 'paths'],
  fixtures: ['rules', 'plan', 'store', 'actions'],
};

/** Files that one feature alone has, and who there may import them: the reasons are in docs/architecture.md. */
export const OWN_FILES: Readonly<
  Record<
    string,
    Readonly<Record<string, { readonly imports: readonly string[]; readonly importedBy: readonly string[] }>>
  >
> = {
  identity: {
    session: { imports: ['store'], importedBy: ['routes'] },
  },
  campaigns: {
    // What a kind of campaign is; the kinds that there are; its fields as forms; protected totals.
    kind: { imports: [], importedBy: ['*'] },
    kinds: {
      imports: ['kind'],
      importedBy: ['totals', 'actions', 'views', 'jobs', 'pages', 'routes', 'exports', 'fixtures'],
    },
    fields: { imports: ['kind'], importedBy: ['actions', 'views', 'pages', 'routes'] },
    totals: {
      imports: ['kind', 'kinds', 'rules', 'store'],
      importedBy: ['actions', 'jobs', 'views', 'fixtures'],
    },
  },
};

/** Folders of a feature that are rooms of their own, entered by their index: the kinds of campaign. */
export const KIND_FOLDERS = new Set(['training', 'purchasing', 'studies', 'waste', 'curricula']);

const nameOf = (segment: string): string => segment.split('.')[0]!;

interface Place {
  readonly room: string;
  readonly feature: string | null;
  /** Name of the file or folder inside the feature. */
  readonly file: string | null;
}

function placeOf(path: string): Place {
  const [top, room, feature, file] = path.split('/');
  if (top !== 'src') return { room: top!, feature: null, file: null };
  if (room !== 'features' || file === undefined) return { room: nameOf(room!), feature: null, file: null };
  return { room, feature: feature!, file: nameOf(file) };
}

/** Why a file may not import this, in a sentence; null where it may. */
export function judgeImport(
  from: string,
  { target, isType }: Pick<Import, 'target' | 'isType'>,
): string | null {
  if (target === null || isTest(from)) return null;
  if (isTest(target)) return `${from} imports ${target}: the program does not lean on its tests`;
  if (COMPOSITION.has(from) || target === 'src/runtime.ts') return null;
  const here = placeOf(from);
  const there = placeOf(target);
  const no = (why: string): string => `${from} imports ${target}: ${why}`;

  if (here.feature !== null && here.feature === there.feature)
    return judgeInside(here, there, from, target, isType);
  if (here.room === there.room && here.feature === null && there.feature === null) return null;
  if (here.room !== there.room && !ROOMS[here.room]?.includes(there.room))
    return no(`${here.room} may import ${ROOMS[here.room]?.join(', ') || 'nothing of the house'}`);
  if (here.room === 'ui' && there.room === 'platform' && !UI_SEES.test(target))
    return no('of the platform, ui may import html, i18n and form');
  if (there.feature !== null) {
    const isDoor = target === `src/features/${there.feature}/index.ts`;
    const isFixture = here.room === 'demo' && there.file === 'fixtures';
    if (!isDoor && !isFixture) return no('a feature is entered through its index.ts');
    if (here.feature !== null && !FEATURE_GRAPH[here.feature]?.includes(there.feature))
      return no(`src/features/graph.ts does not let ${here.feature} know ${there.feature}`);
  }
  return null;
}

function judgeInside(
  here: Place,
  there: Place,
  from: string,
  target: string,
  isType: boolean,
): string | null {
  const feature = here.feature!;
  const own = OWN_FILES[feature] ?? {};
  const no = (why: string): string => `${from} imports ${target}: ${why}`;
  if (here.file === there.file) return null;
  if (KIND_FOLDERS.has(here.file!))
    return ['kind', 'types'].includes(there.file!) ? null : no('a kind knows kind and types alone');
  if (KIND_FOLDERS.has(there.file!))
    return here.file === 'index' ? null : no('a kind is registered by the index, and known by no other file');
  const known = own[here.file!]?.imports ?? FILES[here.file!];
  if (!known) return no(`a feature has no file named ${here.file}`);
  if (known.includes('*') || there.file === 'types' || known.includes(there.file!)) return null;
  const users = own[there.file!]?.importedBy ?? [];
  if (users.includes('*') || users.includes(here.file!)) return null;
  // A page draws what a view loads, a rule decides on what a form parsed: they name its type, and no more.
  if (isType && TYPES_OF[here.file!]?.includes(there.file!)) return null;
  return no(`${here.file} may import ${['types', ...known].join(', ')}`);
}

const TYPES_OF: Readonly<Record<string, readonly string[]>> = {
  pages: ['views', 'store'],
  rules: ['forms', 'plan'],
  plan: ['store'],
  texts: ['forms', 'views', 'rules'],
  mails: ['views', 'plan'],
  exports: ['plan'],
  store: ['plan'],
};

/** A way round the arrows of a graph, if there is one. */
export function findCycle(graph: Readonly<Record<string, readonly string[]>>): readonly string[] | null {
  const done = new Set<string>();
  const visit = (at: string, road: readonly string[]): readonly string[] | null => {
    const before = road.indexOf(at);
    if (before >= 0) return [...road.slice(before), at];
    if (done.has(at)) return null;
    for (const next of graph[at] ?? []) {
      const cycle = visit(next, [...road, at]);
      if (cycle) return cycle;
    }
    done.add(at);
    return null;
  };
  for (const at of Object.keys(graph)) {
    const cycle = visit(at, []);
    if (cycle) return cycle;
  }
  return null;
}
