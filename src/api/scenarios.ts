import { summaries } from '../content/summaries.ts';
import { actNamed, scenarios as all, type ActKind, type ChapterSpec, type Config, type Party } from '../sim/index.ts';

/** A scenario to choose. */
export interface ScenarioInfo {
  /** What `run` and `check` know it by; it never changes. */
  readonly id: string;
  readonly title: string;
  /** What happens in it, in a few sentences. */
  readonly about: string;
  /** The configuration that shows it best. */
  readonly defaults: Config;
  /** In the order of its story; each begins where the step `begins` first occurs, if it does. */
  readonly chapters: readonly ChapterSpec[];
  /** What can be done in it from outside of both kernels: `step('act:' + id)`. */
  readonly acts: readonly { readonly id: string; readonly title: string; readonly kind: ActKind; readonly party: Party }[];
}

/** Every scenario there is, the usual one first. */
export const scenarios: readonly ScenarioInfo[] = all.map(({ id, title, defaults, chapters, acts }) => ({
  id,
  title,
  about: summaries[id]!,
  defaults,
  chapters,
  acts: acts.map(actNamed).map(({ id, title, kind, party }) => ({ id, title, kind, party })),
}));
