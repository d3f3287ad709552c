/** Closer looks at one thing each, in the order of their tabs. */
export const LENSES = ['rings', 'memory', 'xenstore', 'grants', 'events', 'log', 'choices'] as const;
export type Lens = (typeof LENSES)[number];
