import { describe, expect, it } from 'vitest';
import type { StepView } from '../../../src/engine/protocol.ts';
import { pulsesView } from '../../../src/store/stage/pulses.ts';

function step(effects: StepView['effects']): Parameters<typeof pulsesView>[0] {
  return { step: { n: 7, thread: 't', party: 'domU', key: 'f#l', stack: [], listing: [], effects, changes: [], changed: 0 } };
}

describe('what a step sends', () => {
  it('is nothing at the beginning, and where no watch fires and no event goes out', () => {
    expect(pulsesView({ step: null })).toBeNull();
    expect(pulsesView(step([{ kind: 'xen', op: 'map_grant_ref', caller: 0, args: { ref: 8 } }]))).toBeNull();
  });

  it('is a watch that fires, to whose connection it is', () => {
    expect(pulsesView(step([
      { kind: 'event', conn: 'dom0', path: '/a/state', token: 't' }, { kind: 'event', conn: 'libxl', path: '/a', token: 't' },
      { kind: 'event', conn: 'somebody else', path: '/a', token: 't' },
    ]))).toEqual({
      step: 7, sent: [{ kind: 'watch', path: '/a/state', to: 'dom0' }, { kind: 'watch', path: '/a', to: 'toolstack' }],
    });
  });

  it('is an event through a port', () => {
    expect(pulsesView(step([{ kind: 'xen', op: 'send', caller: 5, args: { port: 11 }, result: {} }]))).toEqual({
      step: 7, sent: [{ kind: 'event', dom: 5, port: 11 }],
    });
  });
});
