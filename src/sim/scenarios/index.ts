import { bugStateBeforeRefs, netifMultipage } from './netif-multipage.ts';
import type { Scenario } from './scenario.ts';

/** Every scenario that ships, the default first. */
export const scenarios: readonly Scenario[] = [netifMultipage, bugStateBeforeRefs];
