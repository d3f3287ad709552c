/** RingScope in a page of your own: the package's entry. It does nothing by itself. */
import { RingScopeElement } from './element.ts';

export { RingScopeElement };
export type { Detail } from './element.ts';
export type { FrameMessage, Summary } from '../told.ts';

export interface Options {
  /** See docs: netif-multipage unless said otherwise. */
  scenario?: string;
  /** Of each ring: 1, 2, 4, 8 or 16. */
  pages?: number;
  queues?: number;
  /** Where to begin: a step's number, `function#label`, a chapter's id, `start` or `end`. */
  step?: string | number;
  /** A permalink, which names run and place at once. */
  link?: string;
  /** Some of `stage`, `story`, `lens`, between commas. */
  panels?: string;
  lens?: string;
  from?: string | number;
  to?: string | number;
  autoplay?: boolean;
  loop?: boolean;
  controls?: 'none' | 'line' | 'full';
  /** `auto`: as high as what it shows; `fill`: as high as it is made. */
  height?: 'auto' | 'fill';
  /** `auto`: as what lies behind it. */
  theme?: 'auto' | 'light' | 'dark';
  label?: string;
  /** The address of a whole page of RingScope, for “Open this step”. */
  home?: string;
  /** The folder that ring-scope.js and ring-scope-more.js are served from, where your bundler does not see to that. */
  assets?: string;
}

/** Defines <ring-scope>, once. */
export function defineRingScope(): void {
  // Written so that bundlers find the two files and hand them on.
  RingScopeElement.scripts ??= {
    first: new URL('./ring-scope.js', import.meta.url).href,
    more: new URL('./ring-scope-more.js', import.meta.url).href,
  };
  if (customElements.get('ring-scope') === undefined) customElements.define('ring-scope', RingScopeElement);
}

/** Puts a RingScope into `parent`, after what is there. @returns the element: its `remove()` takes it away again */
export function mount(parent: Element, options: Options = {}): RingScopeElement {
  defineRingScope();
  const element = document.createElement('ring-scope');
  Object.assign(element, options);
  parent.append(element);
  return element;
}
