import { invariant } from '../../base/invariant.ts';
import type { Machine } from '../machine/machine.ts';
import { Decisions } from './decisions.ts';
import type { Question } from './question.ts';
import { sample } from './sample.ts';
import { search, type Limits, type Search } from './search.ts';
import { Table } from './table.ts';
import { Walker } from './walk.ts';

export interface Options extends Limits {
  /** False: try every order, even of steps that have nothing to do with each other. */
  reduce?: boolean;
  /** Runs that are made before the first search, so that it knows what threads do; 60 if not given. */
  samples?: number;
}

export interface Verdict extends Omit<Search, 'misled'> {
  /** Searches that were begun until one was not misled; the numbers are those of the last. */
  readonly passes: number;
}

const SAMPLES = 60;
/** Sets of threads are bits of a number. */
const MOST_THREADS = 31;

/**
 * Visits every state that matters to the question, whatever the order of the threads, depth first, undoing its way
 * back. Equal states, by fingerprint, are visited once. The machine is left as it was.
 */
export function explore(machine: Machine, question: Question, options: Options = {}): Verdict {
  invariant(machine.threads.length <= MOST_THREADS, `the checker holds ${MOST_THREADS} threads, not ${machine.threads.length}`);
  const patient = machine.threads.reduce((bits, { patient: is, index }) => (is === true ? bits | (1 << index) : bits), 0);
  const table = new Table(question.invariants.length, patient);
  const walker = new Walker(machine, table, question.invariants);
  const reduce = options.reduce ?? true;
  if (reduce) sample(walker, options.samples ?? SAMPLES);
  for (let passes = 1; ; passes++) {
    const { misled, ...found } = search(walker, question, options, reduce ? new Decisions(machine.threads.length, table) : null);
    if (found.violation || found.cut || !misled) return { ...found, passes };
  }
}
