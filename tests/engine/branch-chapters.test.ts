import { describe, expect, it } from 'vitest';
import { ACT_PREFIX } from '../../src/engine/protocol.ts';
import type { Outline, RunSpec } from '../../src/engine/protocol.ts';
import { Run } from '../../src/engine/run.ts';
import { scenarios, sequelTo } from '../../src/sim/index.ts';

const scenario = scenarios[0]!;
const config = { ...scenario.defaults, txPages: 1, rxPages: 1 } as const;

function outlineOf(choices: RunSpec['choices']): Outline {
  const run = new Run(scenario, { scenario: scenario.id, config, choices });
  const problem = run.record(Infinity);
  if (problem !== null) throw new Error(problem);
  return run.outline;
}

const natural = outlineOf([]);
const after = ({ chapters }: Outline, at: number) => chapters.filter((chapter) => chapter.at >= at).map(({ title }) => title);
const act = (at: number, id: string): [number, string] => [at, `${ACT_PREFIX}${id}`];

describe('the chapters of a branch', () => {
  it('are the scenario’s own before what somebody did, and from there those that it comes to', () => {
    const end = natural.length;
    const branch = outlineOf([act(end, 'network-detach')]);
    expect(branch.chapters.slice(0, natural.chapters.length)).toEqual(natural.chapters);
    expect(after(branch, end)).toEqual([
      'xl network-detach', 'The frontend says Closed', 'The backend lets go', 'The rings are unmapped', 'The backend device goes',
      'The directories are removed', 'The frontend device goes', 'The guest takes its grants back',
    ]);
    for (const { at, added } of branch.chapters.slice(natural.chapters.length)) {
      expect(added).toBe(true);
      expect(at).toBeLessThan(branch.length);
    }
    expect(new Set(branch.chapters.map(({ id }) => id)).size).toBe(branch.chapters.length);
  });

  it('each begin at the step that they are known by, the first after what was done', () => {
    const end = natural.length;
    const branch = outlineOf([act(end, 'network-detach')]);
    const begins = new Map(sequelTo('network-detach').map(({ title, begins: key }) => [title, key]));
    for (const { title, at } of branch.chapters.slice(natural.chapters.length + 1)) {
      const key = branch.keys.indexOf(begins.get(title)!);
      expect(branch.key.indexOf(key, end)).toBe(at);
    }
  });

  it('go on where the handshake begins again', () => {
    const unbound = outlineOf([act(natural.length, 'unbind-frontend')]);
    const branch = outlineOf([act(natural.length, 'unbind-frontend'), act(unbound.length, 'bind-frontend')]);
    expect(after(branch, unbound.length).slice(0, 4)).toEqual([
      'echo vif-0 > bind', 'The frontend reads the offer', 'References are reserved', 'Rings are made and granted',
    ]);
  });

  it('have what was done at least, where no scenario tells of it', () => {
    expect(sequelTo('send-from-guest')).toEqual([]);
    expect(after(outlineOf([act(natural.length, 'send-from-guest')]), natural.length)).toEqual(['Send a packet from the guest']);
  });

  it('are the one that it came into, which goes on once its thread does', () => {
    const { at } = natural.chapters.find(({ id }) => id === 'mapping')!;
    const branch = outlineOf([act(at + 3, 'port-taken')]);
    const [own, done, goesOn, next] = branch.chapters.filter((chapter) => chapter.at >= at);
    expect([own, done, goesOn, next].map((chapter) => chapter!.title)).toEqual([
      'Xen maps the rings', 'Bind netfront’s TX port first', 'Xen maps the rings, continued', 'The event channels are bound',
    ]);
    expect(branch.thread[goesOn!.at]).toBe(branch.thread[done!.at - 1]);
    expect(branch.thread.slice(done!.at, goesOn!.at)).not.toContain(branch.thread[done!.at - 1]);
  });

  it('are the handshake’s where it goes on after what was done, and none comes twice', () => {
    const at = natural.chapters.find(({ id }) => id === 'frontend-connected')!.at;
    const branch = outlineOf([act(at, 'missing-ring-key')]);
    expect(after(branch, at).slice(0, 2)).toEqual(['Remove the TX ring key', 'The frontend says Connected']);
    expect(new Set(branch.chapters.map((chapter) => chapter.at)).size).toBe(branch.chapters.length);
  });
});
