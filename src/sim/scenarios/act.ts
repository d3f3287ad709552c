import { invariant } from '../../base/invariant.ts';
import type { Context } from '../machine/context.ts';
import type { Machine } from '../machine/machine.ts';
import { assign, atomic, enter, ret, whilst } from '../machine/dsl.ts';
import { fn, functionNamed, type Fn, type Party } from '../machine/program.ts';

/** What an act is: something that breaks, or something that people (or the network) do. */
export type ActKind = 'fault' | 'toolstack' | 'guest' | 'traffic';

/** Something that a person can do at any moment at which it makes sense, or a scenario by itself. */
export interface Act {
  /** Part of links: never changes. */
  readonly id: string;
  readonly kind: ActKind;
  /** Whose doing it is, hence where it is offered. */
  readonly party: Party;
  /** A few words, as on a button. */
  readonly title: string;
  /** @returns why it makes no sense now, in words; null if it does */
  readonly refusal: (c: Context) => string | null;
  /** Its one step, which waits until nothing is to be said against it. */
  readonly program: Fn<object>;
}

/** The thread of the acts of whoever sits before the page, and that of the acts which belong to the scenario. */
export const YOU = 'you';
export const STORY = 'story';

const acts = new Map<string, Act>();

type Spec = Omit<Act, 'program'> & {
  /** Does it. What it may touch is for nobody else to see half-done. */
  readonly run: (c: Context) => void;
};

/** Defines an act; its note has the key `you#<id>`. */
export function act({ run, ...spec }: Spec): Act {
  const program = fn<object>(
    `you: ${spec.id}`,
    {
      party: spec.party,
      cite: { project: 'RingScope', version: '', path: 'src/sim/scenarios/acts', symbol: spec.id },
      shown: 'you',
      departs: 'no code of a kernel: what somebody does, or what breaks',
    },
    [
      atomic(spec.id, 'nobody sees it half-done', (c) => run(c), {
        ready: (c) => spec.refusal(c) === null,
        idle: true,
      }),
      ret(),
    ],
  );
  const made: Act = { ...spec, program };
  acts.set(spec.id, made);
  return made;
}

/** The act called `id`. @throws Defect if there is none */
export function actNamed(id: string): Act {
  const found = acts.get(id);
  invariant(found, `there is no act ${id}`);
  return found;
}

/** Why an act cannot be taken now; null if it can. */
export function refusalOf(machine: Machine, { refusal }: Act): string | null {
  if (machine.next(machine.threadNamed(YOU)!)) return 'another act is under way';
  machine.enter();
  const reason = refusal(machine);
  machine.leave();
  return reason;
}

/** Takes these acts (by id) one after another, each as soon as nothing is to be said against it. */
export const story = fn<{ left: readonly string[] }>(
  'story',
  {
    cite: { project: 'RingScope', version: '', path: 'src/sim/scenarios/act.ts', symbol: 'story' },
    departs: 'no code of a kernel: what happens in this scenario',
  },
  [
    whilst((l) => l.left.length > 0, [
      enter((l) => functionNamed<object>(`you: ${l.left[0]}`), () => ({})),
      assign((l) => {
        l.left = l.left.slice(1);
      }),
    ]),
    ret(),
  ],
);
