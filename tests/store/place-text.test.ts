import { describe, expect, it } from 'vitest';
import { placeText, readPlaceText } from '../../src/store/place-text.ts';

describe('a place that somebody wrote', () => {
  it.each([
    ['12', { kind: 'position', position: 12 }],
    [' mapping ', { kind: 'chapter', chapter: 'mapping' }],
    ['xenvif_connect#map_tx', { kind: 'key', key: 'xenvif_connect#map_tx', occurrence: 1 }],
    ['xenvif_connect!map_tx~3', { kind: 'key', key: 'xenvif_connect#map_tx', occurrence: 3 }],
    ['setup_netfront#alloc ring', { kind: 'key', key: 'setup_netfront#alloc ring', occurrence: 1 }],
  ] as const)('%j is understood', (text, place) => {
    expect(readPlaceText(text)).toEqual(place);
  });

  it.each(['', '  ', '-1', '1.5', 'a b', '#b', 'a#', 'a#b#c', 'a#b~0', 'a#b~x', '<b>', '1234567890', 'x'.repeat(201)])('%j is none', (text) => {
    expect(readPlaceText(text)).toBeUndefined();
  });

  it.each(['12', 'mapping', 'a#b', 'a#b~2'])('%j is written as it was read', (text) => {
    expect(placeText(readPlaceText(text)!)).toBe(text);
  });
});
