import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressOf, changeOf, fragmentOf, isElsewhere, searchOf } from '../../src/embed/element/attributes.ts';
import type { Attribute } from '../../src/embed/element/attributes.ts';
import { documentOf } from '../../src/embed/element/markup.ts';
import { readMessage } from '../../src/embed/messages.ts';
import { readOptions } from '../../src/embed/options.ts';

describe('what the attributes of <ring-scope> ask of its frame', () => {
  it('is read by the frame as the options of an address are', () => {
    const search = searchOf(
      { pages: '4', queues: '2', step: 'mapping', panels: 'stage,story', autoplay: '', theme: 'auto' }, 'dark', 'https://docs.example.org',
    );
    expect(readOptions(search)).toMatchObject({
      problems: [],
      options: {
        shown: { pages: 4, queues: 2, step: { kind: 'chapter', chapter: 'mapping' } },
        panels: ['stage', 'story'], autoplay: true, theme: 'dark', height: 'auto', host: 'https://docs.example.org',
      },
    });
  });

  it('leaves the run to a link where there is one', () => {
    expect(readOptions(searchOf({ pages: '4', link: '#v2.x' }, 'light', undefined)).options).toMatchObject({ shown: null, host: undefined });
    expect(fragmentOf('https://example.org/ringscope/#v2.a.b')).toBe('#v2.a.b');
    expect(fragmentOf('https://example.org/ringscope/')).toBe('');
  });

  it.each<[string, Attribute[], Parameters<typeof changeOf>[1], unknown]>([
    ['another number of pages opens a run', ['pages'], { pages: '8', step: 'end' }, { type: 'show', pages: '8', step: 'end' }],
    ['another step alone is gone to', ['step'], { pages: '8', step: 'mapping' }, { type: 'seek', to: 'mapping' }],
    ['no step is the beginning', ['step'], {}, { type: 'seek', to: 'start' }],
    ['a link is opened', ['link', 'step'], { link: '#v2.x', step: '3' }, { type: 'open', link: '#v2.x' }],
    ['no link any more: what the others say', ['link'], { pages: '2' }, { type: 'show', pages: '2' }],
    ['other panels are another frame', ['panels', 'pages'], { panels: 'story' }, 'anew'],
    ['a theme and a name are no matter of the run', ['theme', 'label'], { theme: 'dark' }, null],
  ])('changes as little as it can: %s', (_what, changed, said, change) => {
    expect(changeOf(new Set(changed), said)).toEqual(change);
    if (typeof change === 'object' && change !== null) expect(readMessage({ ringscope: 1, ...change })).toHaveProperty('message');
  });
});

describe('what else an author writes', () => {
  it('is another place where it names one, whatever changes with it', () => {
    expect(isElsewhere(new Set(['panels', 'pages']))).toBe(true);
    expect(isElsewhere(new Set(['link']))).toBe(true);
    expect(isElsewhere(new Set(['panels', 'theme']))).toBe(false);
  });

  it('is an address only where a link may lead to it', () => {
    const base = 'https://docs.example.org/guide/page.html';
    expect(addressOf('/ringscope/', base)).toBe('https://docs.example.org/ringscope/');
    expect(addressOf('https://example.org/x', base)).toBe('https://example.org/x');
    for (const text of ['javascript:alert(1)', 'data:text/html,x', 'https://', 'http://[']) expect(addressOf(text, base)).toBeUndefined();
  });
});

describe('the document in its frame', () => {
  /** The document with these five texts in it, and what lies between the quotes of its attributes. */
  function made(texts: readonly string[]): { skeleton: string; values: string[] } {
    const [search = '', fragment = '', home = '', more = '', first = ''] = texts;
    const markup = documentOf({ scripts: { first, more }, search, fragment, home });
    return {
      skeleton: markup.replaceAll(/"[^"]*"/g, '""'),
      values: [...markup.matchAll(/(?:data-(?!frame)[a-z]+|src)="([^"]*)"/g)].map(([, value]) => value!),
    };
  }
  const read = (value: string): string => value.replaceAll('&lt;', '<').replaceAll('&quot;', '"').replaceAll('&amp;', '&');

  it('has whatever an author writes as the text of attributes and never as markup', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constant('"><img src=x onerror=alert(1)>&quot;</script>'));
    const plain = made(['', '', '', '', '']);
    fc.assert(
      fc.property(fc.array(text, { minLength: 5, maxLength: 5 }), (texts) => {
        const { skeleton, values } = made(texts);
        expect(skeleton).toBe(plain.skeleton);
        expect(values.map(read)).toEqual(texts);
      }),
    );
  });
});
