/** Every run of one scenario and configuration that was open, so that none is lost when another is tried. Pure. */
import type { Outline, RunSpec } from '../engine/protocol.ts';
import { sameRun } from './config.ts';
import type { AppState, Branch } from './store.ts';

/** So many are kept; beyond that the one that was not open for the longest time goes. */
export const MOST_BRANCHES = 20;
/** Of other scenarios and configurations together. */
const MOST_SHELVED = 100;

type Choices = RunSpec['choices'];

/** True where both leave the natural order at the same places in the same way. */
export function sameChoices(a: Choices, b: Choices): boolean {
  return a.length === b.length && startsWith(a, b);
}

/** True where `a` begins with all the choices of `b`. */
function startsWith(a: Choices, b: Choices): boolean {
  return b.every(([position, who], index) => a[index]?.[0] === position && a[index][1] === who);
}

type Kept = Pick<AppState, 'branches' | 'forgotten' | 'shelf'>;

/** The branches after that run was opened, or recorded anew with other choices; `position` is where it is shown. */
export function remembered({ branches, forgotten, shelf: before }: Kept, { run, length }: Outline, position: number): Kept {
  const first = branches[0];
  const stays = first !== undefined && sameRun(first.run, run);
  const { known, shelf } = stays ? { known: branches, shelf: before } : taken(before, branches, run);
  return { ...added(known, stays ? forgotten : 0, { run, length }, position), shelf };
}

/** Puts the branches of another scenario or configuration on the shelf, and takes those of this one from it. */
function taken(
  shelf: readonly Branch[], branches: readonly Branch[], run: RunSpec,
): { known: readonly Branch[]; shelf: readonly Branch[] } {
  // One that nobody left is opened as well from the beginning.
  const all = branches.length > 1 ? [...shelf, ...branches] : shelf;
  const known = all.filter((branch) => sameRun(branch.run, run));
  const others = all.filter((branch) => !sameRun(branch.run, run));
  return { known: known.length > 0 ? known : natural(run), shelf: others.slice(-MOST_SHELVED) };
}

function added(
  known: readonly Branch[], lost: number, { run, length }: Pick<Outline, 'run' | 'length'>, position: number,
): Pick<AppState, 'branches' | 'forgotten'> {
  const seen = 1 + Math.max(-1, ...known.map((branch) => branch.seen));
  const at = known.findIndex((branch) => sameChoices(branch.run.choices, run.choices));
  const before = known[at];
  const now: Branch = { run, length, position: before === undefined ? position : before.position, seen };
  const all = before === undefined ? [...known, now] : known.map((branch, index) => (index === at ? now : branch));
  if (all.length <= MOST_BRANCHES) return { branches: all, forgotten: lost };
  const oldest = Math.min(...all.map((branch) => branch.seen));
  return { branches: all.filter((branch) => branch.seen !== oldest), forgotten: lost + 1 };
}

/** Whoever comes by a link into a branch can still go to what would have happened without its choices. */
function natural(run: RunSpec): readonly Branch[] {
  const leaves = run.choices[0]?.[0];
  if (leaves === undefined) return [];
  return [{ run: { ...run, choices: [] }, length: null, position: leaves, seen: 0 }];
}

/** The branches with the place in that run set to `position`. */
export function placed(branches: readonly Branch[], run: RunSpec, position: number): readonly Branch[] {
  return branches.map((branch) =>
    sameRun(branch.run, run) && sameChoices(branch.run.choices, run.choices) ? { ...branch, position } : branch,
  );
}

/** A branch where it hangs. */
export interface BranchRow {
  branch: Branch;
  /** Branches that it is a branch of. */
  depth: number;
  /** The choices in which it differs from the one that it hangs from; none of the natural order. */
  own: Choices;
}

/** The branches as a tree, row by row: each right after what it leaves, earlier places first. */
export function branchRows(branches: readonly Branch[]): BranchRow[] {
  const sorted = [...branches].sort((a, b) => compared(a.run.choices, b.run.choices));
  const path: Branch[] = [];
  return sorted.map((branch) => {
    const { choices } = branch.run;
    while (path.length > 0 && !startsWith(choices, path.at(-1)!.run.choices)) path.pop();
    const parent = path.at(-1);
    const row = { branch, depth: path.length, own: choices.slice(parent?.run.choices.length ?? 0) };
    path.push(branch);
    return row;
  });
}

/** A prefix comes before what it is a prefix of; else the first choice that differs decides. */
function compared(a: Choices, b: Choices): number {
  for (const [index, [position, who]] of a.entries()) {
    const other = b[index];
    if (other === undefined) return 1;
    if (position !== other[0]) return position - other[0];
    if (who !== other[1]) return who < other[1] ? -1 : 1;
  }
  return a.length - b.length;
}

/** Position at which two runs part; undefined if neither leaves the other. */
export function partsAt(a: Choices, b: Choices): number | undefined {
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const [one, other] = [a[index], b[index]];
    if (one?.[0] === other?.[0] && one?.[1] === other?.[1]) continue;
    return Math.min(one?.[0] ?? Infinity, other?.[0] ?? Infinity);
  }
  return undefined;
}
