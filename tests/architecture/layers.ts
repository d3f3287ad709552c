/**
 * Who may import whom, as data. A file belongs to the first layer whose `files` match its path from the root
 * of the repository. A layer may always import itself.
 */
export interface Layer {
  /**
   * Shown in messages. `$1` stands for the first group of `files`: each panel and each driver is its own
   * layer.
   */
  readonly name: string;
  readonly files: RegExp;
  /** Names of other layers; `sim/drivers/*` stands for all that begin so. */
  readonly layers: readonly string[];
  /** Names of npm packages; `node:*` stands for Node's own modules. */
  readonly packages: readonly string[];
  /** Layers whose types alone it may import. */
  readonly typesOf?: readonly string[];
  /** Globals that its code must not use, as `name` or `object.property`. */
  readonly withoutGlobals?: readonly RegExp[];
  /** Words that none of its names may have in them. */
  readonly withoutWords?: RegExp;
}

const browser = /^(globalThis|window|document|self|navigator|location|localStorage|sessionStorage)$/;
/** The core knows neither what time it is nor chance: a run is a function of its choices. */
const impure = /^(Math\.random|Date|performance|crypto|setTimeout|setInterval|queueMicrotask|fetch|process)$/;
/** `machine` would know nothing of Xen; no more would `base`. */
const xenWords = /xen|grant|netfront|netback|evtchn|gnttab|hypercall|domid/i;

const core = ['base', 'abi', 'sim/machine'];

export const layers: readonly Layer[] = [
  {
    name: 'base',
    files: /^src\/base\//,
    layers: [],
    packages: [],
    withoutGlobals: [browser, impure],
    withoutWords: xenWords,
  },
  { name: 'abi', files: /^src\/abi\//, layers: ['base'], packages: [], withoutGlobals: [browser, impure] },
  {
    name: 'sim/machine',
    files: /^src\/sim\/machine\//,
    layers: ['base'],
    packages: [],
    withoutGlobals: [browser, impure],
    withoutWords: xenWords,
  },
  // xenstore knows nothing of grants, and the hypervisor nothing of xenstore.
  {
    name: 'sim/xen',
    files: /^src\/sim\/xen\//,
    layers: core,
    packages: [],
    withoutGlobals: [browser, impure],
  },
  {
    name: 'sim/xenstore',
    files: /^src\/sim\/xenstore\//,
    layers: core,
    packages: [],
    withoutGlobals: [browser, impure],
  },
  {
    name: 'sim/kernel',
    files: /^src\/sim\/kernel\//,
    layers: [...core, 'sim/xen', 'sim/xenstore'],
    packages: [],
    withoutGlobals: [browser, impure],
  },
  // Front and back meet only in xenstore and pages: no driver imports another.
  {
    name: 'sim/drivers/$1',
    files: /^src\/sim\/drivers\/(netfront|netback|toolstack|[^/.]+)/,
    layers: [...core, 'sim/kernel'],
    packages: [],
    withoutGlobals: [browser, impure],
  },
  // The only door into sim.
  {
    name: 'sim/index',
    files: /^src\/sim\/index\.ts$/,
    layers: ['sim/*'],
    packages: [],
    withoutGlobals: [browser, impure],
  },
  {
    name: 'sim/$1',
    files: /^src\/sim\/(scenarios|check)\//,
    layers: [
      'base',
      'abi',
      'sim/machine',
      'sim/xen',
      'sim/xenstore',
      'sim/kernel',
      'sim/drivers/*',
      'sim/scenarios',
      'sim/check',
    ],
    packages: [],
    withoutGlobals: [browser, impure],
  },
  {
    name: 'engine/worker',
    files: /^src\/engine\/(engine\.worker|serve-port)\.ts$/,
    layers: ['base', 'sim/index', 'engine', 'engine/protocol'],
    packages: [],
    withoutGlobals: [/^(globalThis|window|document|navigator|location|localStorage|sessionStorage)$/],
  },
  {
    name: 'engine/client',
    files: /^src\/engine\/(client|trusted)\.ts$/,
    layers: ['base', 'sim/index', 'engine', 'engine/protocol', 'engine/worker'],
    packages: [],
    withoutGlobals: [browser],
  },
  {
    name: 'engine/protocol',
    files: /^src\/engine\/protocol\.ts$/,
    layers: ['base', 'sim/index', 'engine'],
    packages: [],
    withoutGlobals: [browser],
  },
  {
    name: 'engine',
    files: /^src\/engine\//,
    layers: ['base', 'sim/index', 'engine/protocol'],
    packages: [],
    withoutGlobals: [browser],
  },
  {
    name: 'geometry',
    files: /^src\/geometry\//,
    layers: ['base'],
    packages: ['d3'],
    withoutGlobals: [browser],
  },
  {
    name: 'content',
    files: /^src\/content\//,
    layers: [],
    typesOf: ['base', 'abi', 'sim/index'],
    packages: [],
  },
  {
    name: 'store/permalink',
    files: /^src\/store\/(permalink|lenses)\.ts$/,
    layers: ['base', 'engine/protocol'],
    packages: [],
    withoutGlobals: [browser],
  },
  // What reads the engine's state and a link: pure, so that pictures are made of it without a page.
  {
    name: 'store/state',
    files: /^src\/store\/(stage\/|(config|mirror|outline|place-text|read-link|share|step-title|values|view)\.ts$)/,
    // What it says of the state, such as what a thread waits for, is content's to say, and so is what the notes look like.
    layers: ['base', 'abi', 'content', 'engine/protocol', 'store/permalink'],
    packages: ['valibot'],
    withoutGlobals: [browser],
  },
  {
    name: 'store',
    files: /^src\/store\//,
    layers: ['base', 'abi', 'content', 'engine/client', 'engine/protocol', 'store/permalink', 'store/state'],
    packages: ['zustand', 'valibot'],
  },
  // A step as drawings and a run as text, for a file or a page.
  {
    name: 'picture',
    files: /^src\/picture\//,
    layers: ['base', 'abi', 'geometry', 'content', 'engine/protocol', 'store/state'],
    packages: ['d3'],
    withoutGlobals: [browser, impure],
  },
  // The headless core for other programs, of which the package's `ringscope/sim` is made.
  {
    name: 'api',
    files: /^src\/api\//,
    layers: ['base', 'abi', 'sim/index', 'engine', 'engine/protocol', 'store/permalink', 'store/state', 'content', 'picture'],
    packages: [],
    withoutGlobals: [browser],
  },
  // What several panels are made of: a value that can be asked about, text with its marks and terms, changes in words.
  {
    name: 'parts',
    files: /^src\/parts\//,
    layers: ['store', 'store/state', 'abi', 'content', 'base'],
    packages: ['react'],
  },
  // The only panel that makes files.
  {
    name: 'panels/share',
    files: /^src\/panels\/share\//,
    layers: ['store', 'store/state', 'abi', 'content', 'base', 'parts', 'picture'],
    packages: ['react'],
  },
  {
    name: 'panels/$1',
    files: /^src\/panels\/([^/.]+)/,
    layers: ['store', 'store/state', 'abi', 'geometry', 'content', 'base', 'parts'],
    packages: ['react', '@xyflow/react'],
  },
  {
    name: 'app',
    files: /^src\/app\//,
    layers: ['base', 'parts', 'panels/*', 'store', 'store/permalink', 'store/state', 'engine/client', 'content'],
    packages: ['react', 'react-dom', '@xyflow/react'],
  },
  // The frame is made of what the page is made of.
  {
    name: 'embed',
    files: /^src\/embed\//,
    layers: ['base', 'app', 'panels/*', 'parts', 'store', 'store/permalink', 'store/state', 'engine/client', 'content'],
    packages: ['react', 'react-dom', 'valibot'],
  },
  // Plain Node: they run before anything is installed. Vite is the exception, imported once it is there.
  {
    name: 'tools/start',
    files: /^tools\/(start|test)\.mjs$/,
    layers: ['tools/support'],
    packages: ['node:*', 'vite'],
  },
  { name: 'tools/support', files: /^tools\/support\//, layers: [], packages: ['node:*'] },
  // The bare pages that the bench measures the page against; each is built by itself.
  {
    name: 'tools/bench/pages',
    files: /^tools\/bench\/pages\//,
    layers: [],
    packages: ['react-dom', '@xyflow/react'],
  },
  // It measures the built page from outside, in a browser: what it hands over to run there may use the browser's globals.
  {
    name: 'tools/bench',
    files: /^tools\/bench\//,
    layers: ['base', 'sim/index', 'engine/protocol', 'store/permalink', 'tools', 'tools/page'],
    packages: ['node:*', '@playwright/test', 'vite'],
  },
  // The page as it is handed out: built, served, and a browser to open it in.
  {
    name: 'tools/page',
    files: /^tools\/page\//,
    layers: ['tools/support'],
    packages: ['node:*', '@playwright/test', 'vite'],
  },
  // What the build does beyond what Vite does by itself.
  { name: 'tools/build', files: /^tools\/build\//, layers: [], packages: ['node:*', '@vitejs/plugin-react', 'esbuild', 'vite'] },
  // The npm package: what its entries are built of, and their types, by the compiler.
  { name: 'tools/package', files: /^tools\/package\//, layers: [], packages: ['node:*', 'esbuild'] },
  // It drives the page by what people read on it; what it hands over to run there may use the browser's globals.
  {
    name: 'tools/screenshots',
    files: /^tools\/screenshots\//,
    layers: ['sim/index', 'engine/protocol', 'store/permalink'],
    packages: ['node:*', '@playwright/test'],
  },
  // It looks at RingScope in other sites; what it hands over to run there may use the browser's globals.
  {
    name: 'tools/examples',
    files: /^tools\/examples\//,
    layers: ['tools/page', 'tools/support'],
    packages: ['node:*', '@playwright/test'],
  },
  // It runs the engine here, without a port, and draws what it says.
  {
    name: 'tools/render',
    files: /^tools\/render[/.]/,
    layers: ['api', 'base', 'sim/index', 'engine', 'engine/protocol', 'store/permalink', 'store/state', 'content', 'picture', 'tools'],
    packages: ['node:*'],
    withoutGlobals: [browser],
  },
  // The documentation site: its figures are runs of the engine; what it hands over to a browser may use the browser's globals.
  {
    name: 'tools/docs',
    files: /^tools\/docs[/.]/,
    layers: ['sim/index', 'engine', 'engine/protocol', 'store/permalink', 'store/state', 'tools', 'tools/page', 'tools/render', 'tools/support'],
    packages: ['node:*', '@playwright/test', 'vite'],
  },
  {
    name: 'tools',
    files: /^tools\//,
    layers: ['api', 'sim/index', 'abi', 'picture', 'tools/bench', 'tools/build', 'tools/examples', 'tools/package', 'tools/page', 'tools/screenshots'],
    packages: ['node:*'],
    withoutGlobals: [browser],
  },
];
