import { describe, expect, it } from 'vitest';
import { readOptions } from '../../src/embed/options.ts';

describe('the options of a frame', () => {
  it('are the stage and one line of transport unless its author says otherwise', () => {
    expect(readOptions('')).toEqual({
      options: {
        panels: ['stage'], lens: undefined, from: undefined, to: undefined, autoplay: false, loop: false, theme: 'auto',
        controls: 'line', height: 'fill', host: undefined, shown: null,
      },
      problems: [],
    });
  });

  it('are read from its address', () => {
    const { options, problems } = readOptions(
      '?panels=story,stage&from=mapping&to=connect_rings%23read_key~2&autoplay&loop=1&theme=dark&controls=full&height=auto' +
        '&host=https://docs.example.org:8443',
    );
    expect(problems).toEqual([]);
    expect(options).toEqual({
      panels: ['stage', 'story'],
      lens: undefined,
      from: { kind: 'chapter', chapter: 'mapping' },
      to: { kind: 'key', key: 'connect_rings#read_key', occurrence: 2 },
      autoplay: true,
      loop: true,
      theme: 'dark',
      controls: 'full',
      height: 'auto',
      host: 'https://docs.example.org:8443',
      shown: null,
    });
  });

  it('name the run in words where no link does', () => {
    const { options, problems } = readOptions('?scenario=traffic&pages=8&queues=2&step=xenvif_connect!map_rings');
    expect(problems).toEqual([]);
    expect(options.shown).toEqual({
      scenario: 'traffic', pages: 8, queues: 2, step: { kind: 'key', key: 'xenvif_connect#map_rings', occurrence: 1 },
    });
    expect(readOptions('?step=end').options.shown).toMatchObject({ scenario: undefined, pages: undefined, step: 'end' });
    expect(readOptions('?step=start').options.shown).toBeNull();
  });

  it('say which numbers there are, and where no step is named', () => {
    const { options, problems } = readOptions('?pages=3&queues=nine&step=a b');
    expect(options.shown).toBeNull();
    expect(problems).toEqual([
      'pages: “3” is none of 1, 2, 4, 8, 16',
      'queues: “nine” is none of 1, 2, 3, 4, 5, 6, 7, 8',
      'step: “a b” is no place in a run. Write a step’s number, function#label or a chapter’s id',
    ]);
  });

  it('have a lens where one is named, and only that where nothing else is', () => {
    expect(readOptions('?lens=rings').options).toMatchObject({ panels: ['stage', 'lens'], lens: 'rings' });
    expect(readOptions('?lens=rings&panels=lens').options).toMatchObject({ panels: ['lens'], lens: 'rings' });
    expect(readOptions('?panels=lens').options).toMatchObject({ panels: ['lens'], lens: undefined });
  });

  it.each(['0', 'false'])('switch off with %s', (off) => {
    expect(readOptions(`?autoplay=${off}&loop=${off}`)).toMatchObject({ options: { autoplay: false, loop: false }, problems: [] });
  });

  it('say what they cannot be, each by its name, and are then as usual', () => {
    const { options, problems } = readOptions('?panels=stage,map&lens=lense&theme=blue&from=a b&to=~&host=*&autoplay=yes');
    expect(options).toMatchObject({ panels: ['stage', 'lens'], lens: 'xenstore', theme: 'auto', from: undefined, to: undefined });
    expect(problems).toHaveLength(7);
    for (const name of ['panels: “map”', 'lens: “lense”', 'theme: “blue”', 'from: “a b”', 'to: “~”', 'host: “*”', 'autoplay: “yes”']) {
      expect(problems.some((problem) => problem.startsWith(name))).toBe(true);
    }
  });

  it('let nobody steer the frame where the host cannot be read', () => {
    expect(readOptions('?host=docs.example.org').options.host).toBe('null');
    expect(readOptions('?host=https://docs.example.org/path').options.host).toBe('null');
  });

  it('of more than 2000 characters are not read at all', () => {
    const { options, problems } = readOptions(`?theme=dark&x=${'y'.repeat(2000)}`);
    expect(options.theme).toBe('auto');
    expect(problems).toEqual(['Its options are longer than 2000 characters']);
  });
});
