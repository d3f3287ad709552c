import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { THEMES } from '../../src/picture/theme.ts';

const css = readFileSync(new URL('../../src/app/tokens.css', import.meta.url), 'utf8');

describe('the colours of pictures', () => {
  it.each(Object.keys(THEMES.light))('%s is that of the page', (name) => {
    const [, light, dark] = new RegExp(`--${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(css)!;
    expect([THEMES.light, THEMES.dark].map((theme) => theme[name as keyof typeof theme])).toEqual([light, dark]);
  });
});
