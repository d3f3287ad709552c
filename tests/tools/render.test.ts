import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { recordRun, scenarios } from '../../src/sim/index.ts';
import { ask } from '../../tools/render/ask.ts';
import { content } from '../../tools/render/content.ts';
import { endOf, positionOf } from '../../tools/render/place.ts';
import { recorded } from '../../tools/render/run.ts';
import { runTool } from './run-tool.ts';

const folder = mkdtempSync(join(tmpdir(), 'ringscope-render-'));
afterAll(() => rmSync(folder, { recursive: true }));

const [usual] = scenarios;
const config = { ...usual!.defaults, txPages: 1, rxPages: 1 } as const;
const run = recorded(usual!, { scenario: usual!.id, config, choices: [] });

/** What a command line would write, or why it would not. */
function text(...args: string[]): string {
  return content(ask([...args, ...(args.includes('--out') ? [] : ['--out', 'x.svg'])]));
}

describe('positionOf', () => {
  it.each([
    ['start', 0],
    ['0', 0],
    ['399', 399],
    ['end', run.length],
    [String(run.length), run.length],
    ['map_grant_ref#map_one', 399],
    ['map_grant_ref#map_one~1', 399],
    ['map_grant_ref#map_one~2', run.recorder.op.map(({ key }) => key).lastIndexOf('map_grant_ref#map_one') + 1],
    ['toolstack', 1],
    ['mapping', run.outline.chapters.find(({ id }) => id === 'mapping')!.at + 1],
  ])('%s is position %i', (step, position) => {
    expect(positionOf(step, run)).toBe(position);
  });

  it.each([
    ['550', `this run has ${run.length} steps; there is no step 550`],
    ['middle', 'middle is no number, no function#label, not start or end, and no chapter: chapters are toolstack, backend-found,'],
    ['-1', '-1 is no number'],
    ['map_grant_ref#map_one~3', 'map_grant_ref#map_one occurs 2 times in this run; there is no occurrence 3'],
    ['map_grant_ref#map_one~0', 'is no function#label~n, where n counts its occurrences from 1'],
    ['map_grant_ref#map_one~x', 'is no function#label~n, where n counts its occurrences from 1'],
    ['map_grant_ref#map_two', 'this run never comes to map_grant_ref#map_two; of map_grant_ref it has map_one'],
    ['nonsense#label', 'this run never comes to nonsense#label, nor to any step of nonsense'],
  ])('%s is none', (step, message) => {
    expect(() => positionOf(step, run)).toThrow(message);
  });

  it.each([
    ['mapping', 391, 428],
    ['ready', 530, run.length],
    ['map_grant_ref#map_one~2', 413, 413],
    ['end', run.length, run.length],
  ])('%s is from %i to %i', (step, from, to) => {
    expect([positionOf(step, run), endOf(step, run)]).toEqual([from, to]);
    expect(() => endOf('middle', run)).toThrow('middle is no number');
    expect(() => positionOf('a#b~x', run)).toThrow('a#b~x is no function#label~n');
  });

  it('says so where a run does not come to a chapter', () => {
    const failing = scenarios.find(({ id }) => id === 'fault-hotplug-error')!;
    const early = recorded(failing, { scenario: failing.id, config, choices: [] });
    expect(() => positionOf('ready', early)).toThrow('this run never reaches the chapter ready');
  });
});

describe('what render writes', () => {
  it('is the picture of a link’s step, which is the same as that of its options', () => {
    const picture = text('--pages', '1', '--step', 'map_grant_ref#map_one~2', '--theme', 'dark');
    const [link] = /#v2\.[^<]+/.exec(picture)!;
    expect(text('--link', link, '--theme', 'dark')).toBe(picture);
    expect(text('--link', `https://example.org/ringscope/${link}`, '--theme', 'dark')).toBe(picture);
  });

  it('is the trace of the run up to the step, as JSON and for people', () => {
    const { records } = recordRun(usual!, config);
    expect(JSON.parse(text('--pages', '1', '--out', 'x.json'))).toEqual(JSON.parse(JSON.stringify(records)));
    const lines = text('--pages', '1', '--step', '399', '--out', 'x.txt').trimEnd().split('\n');
    expect(lines).toHaveLength(399);
    expect(lines.at(-1)).toMatch(/dom0 xenwatch +map_grant_ref#map_one +xen op=map_grant_ref/);
  });

  it('is the rings or the sequence where that is asked for', () => {
    expect(text('--pages', '1', '--what', 'rings')).toContain('TX ring of queue 0');
    expect(text('--pages', '1', '--what', 'sequence')).toContain('1. The toolstack writes');
    expect(text('--pages', '1', '--out', 'x.mmd')).toMatch(/^sequenceDiagram\n/);
  });

  it('is several steps one after the other, of a run that options or a link name', () => {
    const args = ['--from', 'map_grant_ref#map_one', '--to', '403', '--theme', 'dark'];
    const moving = text('--pages', '1', ...args);
    expect(moving).toContain('steps 399 to 403 of 549');
    expect(moving).toContain('animation:ringscope-5-1 10s step-end infinite');
    expect(moving).toContain('#0f141a');
    const [link] = /#v2\.[^<]+/.exec(text('--pages', '1', '--step', '7'))!;
    expect(text('--link', link, ...args)).toBe(moving);
    expect(text('--pages', '1', ...args, '--seconds', '0.5')).toContain('animation:ringscope-5-1 2.5s step-end');
    expect(text('--pages', '1', '--to', '2')).toContain('steps 0 to 2 of 549');
    expect(text('--pages', '1', '--from', '547')).toContain('steps 547 to 549 of 549');
    expect(text('--pages', '1', ...args, '--what', 'rings')).toMatch(/steps 399 to 403 of 549[^]*TX ring of queue 0/);
  });

  it('follows the choices of a link, and says which cannot be followed', () => {
    const spec = { scenario: usual!.id, config, choices: [[44, 'act:nonsense']] as const };
    expect(() => recorded(usual!, spec)).toThrow('this scenario has no act nonsense');
  });

  it.each([
    [['--out', ''], '--out is missing'],
    [['--out', 'x.png'], '--out x.png must end in .svg, .mmd, .json or .txt'],
    [['--what', 'all'], "--what must be stage, rings or sequence, not 'all'"],
    [['--theme', 'blue'], "--theme must be light or dark, not 'blue'"],
    [['--what', 'stage', '--out', 'x.mmd'], 'a .mmd file holds the sequence: --what stage can only be .svg'],
    [['--what', 'rings', '--out', 'x.json'], 'a .json file holds the run: leave out --what'],
    [['--theme', 'dark', '--out', 'x.txt'], '--theme is for .svg: a .txt file has no colours'],
    [['--link', '#v1.traffic.1.1.1.64.pv.-.0.zzzz'], 'cannot be followed: its check digits do not match, so it was cut or changed'],
    [['--link', '#v3.x'], 'cannot be followed: it was made by a newer RingScope (version 3); this one reads version 2'],
    [['--link', ''], '--link is empty'],
    [['--link', '#v1.netif-multipage.4.4.1.64.pv.-.0.s6x1', '--pages', '4'], '--link names the run and the step: leave out --pages'],
    [['--link', '#v1.netif-multipage.4.4.1.64.pv.-.0.s6x1', '--step', '4'], '--link names the run and the step: leave out --step'],
    [['--from', '9', '--to', '3'], '--from 9 --to 3: step 9 comes after step 3'],
    [['--from', 'end'], '--from end --to end: from step 630 to step 630 is one picture: nothing moves in it'],
    [['--from', 'start'], '--from start --to end: steps 0 to 630 are 631 pictures; an animation has at most 200'],
    [['--from', '1', '--to', 'nowhere'], 'nowhere is no number, no function#label, not start or end, and no chapter'],
    [['--from', '1', '--to', '9', '--step', '3'], '--step is one picture, --from and --to are several'],
    [['--from', '1', '--to', '9', '--what', 'sequence'], '--from and --to are for the stage and the rings'],
    [['--from', '1', '--to', '9', '--out', 'x.txt'], 'with --from or --to, --out must end in .svg'],
    [['--seconds', '2'], '--seconds is how long each of several steps is shown: give --from or --to'],
    [['--from', '1', '--to', '9', '--seconds', '0'], "--seconds must be a number from 0.1 to 60, not '0'"],
    [['--from', '1', '--to', '9', '--seconds', '2s'], "--seconds must be a number from 0.1 to 60, not '2s'"],
    [['--pages', '3'], 'TX ring pages must be 1, 2, 4, 8 or 16, not 3'],
    [['--scenario', 'nonsense'], "unknown scenario 'nonsense'"],
  ])('is nothing for %j', (args, message) => {
    expect(() => text(...args)).toThrow(message);
  });
});

describe('render', () => {
  it('writes the file', async () => {
    const out = join(folder, 'end.svg');
    const { code, stdout, stderr } = await runTool('render', '--profile', 'netif-multipage', '--pages', '1', '--step', 'end', '--out', out);
    expect([code, stdout, stderr]).toEqual([0, '', '']);
    expect(readFileSync(out, 'utf8')).toBe(text('--pages', '1'));
  });

  it.each([
    [['--step', '9999', '--out', 'none.svg'], 'render: this run has 630 steps; there is no step 9999'],
    [['--from', '9', '--to', '3', '--out', 'none.svg'], 'render: --from 9 --to 3: step 9 comes after step 3'],
    [['--out', 'nowhere/none.svg'], 'none.svg cannot be written: there is no such folder'],
  ])('ends with 2 for %j, says why, and writes nothing', async (args, message) => {
    const before = readdirSync(folder);
    const { code, stdout, stderr } = await runTool('render', ...args.map((arg) => (arg.endsWith('.svg') ? join(folder, arg) : arg)));
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
    expect(stderr).toContain('usage: render');
    expect(readdirSync(folder)).toEqual(before);
  });
});
