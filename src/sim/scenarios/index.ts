import { bugs } from './bugs.ts';
import { faultScenarios } from './faults.ts';
import { netifMultipage } from './netif-multipage.ts';
import { lifecycleScenarios } from './lifecycle.ts';
import type { Scenario } from './scenario.ts';
import { traffic } from './traffic.ts';

/** Every scenario that ships, the default first. */
export const scenarios: readonly Scenario[] = [
  netifMultipage,
  ...lifecycleScenarios,
  traffic,
  ...faultScenarios,
  ...bugs,
];
