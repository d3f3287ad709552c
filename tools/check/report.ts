import type { Finding } from './finding.ts';

/** A finding in lines, for people. */
export function report(finding: Finding): string[] {
  const { config, violation } = finding;
  const lines = [
    `${finding.scenario}: ${config.txPages} TX and ${config.rxPages} RX pages, queues ${config.queues}, grant frames ${config.maxGrantFrames}, ${config.backend}`,
    `distinct states    ${finding.states}`,
    `transitions        ${finding.transitions}`,
    `states per second  ${finding.states_per_second} (${finding.seconds} s, passes ${finding.passes}${finding.reduction ? '' : ', no reduction'})`,
    `depth              ${finding.depth}`,
    `terminal states    ${Object.entries(finding.terminals).map(([name, count]) => `${name} ${count}`).join(', ') || 'none reached'}`,
    `invariants         ${finding.invariants.join('; ')}`,
  ];
  if (finding.cut !== null) lines.push(`cut                ${finding.cut}: what lies beyond was not looked at`);
  if (violation === null) return [...lines, finding.cut === null ? 'no violation' : 'no violation so far'];
  return [
    ...lines,
    `VIOLATION          ${violation.invariant}: ${violation.message}`,
    `after step         ${violation.steps}`,
    `choices            ${violation.choices.map(([position, thread]) => `at ${position} ${thread}`).join(', ') || 'none: it is the natural order'}`,
    `permalink          ${violation.permalink}`,
    'steps, a > where another thread would have been next in the natural order:',
    ...violation.trace.map(
      ({ thread, step, chosen }, n) => `${String(n + 1).padStart(5)} ${chosen ? '>' : ' '} ${thread.padEnd(19)} ${step}`,
    ),
  ];
}
