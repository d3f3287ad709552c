/** RingScope as a component. Made on a server it is the element and what stands in for it. */
import { useEffect, useRef } from 'react';
import type { CSSProperties, HTMLAttributes, ReactNode, Ref } from 'react';
import { defineRingScope } from './index.ts';
import type { Detail, Options } from './index.ts';

/** What React passes on to the element. */
export type ElementAttributes = HTMLAttributes<HTMLElement> & { ref?: Ref<HTMLElement>; class?: string | undefined };

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'ring-scope': ElementAttributes;
    }
  }
}

const EVENTS = { onReady: 'ready', onStep: 'step', onChapter: 'chapter', onPlaying: 'playing', onError: 'error' } as const;

export interface RingScopeProps extends Options {
  onReady?: ((detail: Detail<'ready'>) => void) | undefined;
  onStep?: ((detail: Detail<'step'>) => void) | undefined;
  onChapter?: ((detail: Detail<'chapter'>) => void) | undefined;
  onPlaying?: ((detail: Detail<'playing'>) => void) | undefined;
  onError?: ((detail: Detail<'error'>) => void) | undefined;
  className?: string | undefined;
  style?: CSSProperties | undefined;
  /** What is seen until RingScope is there, such as a picture of the step. */
  children?: ReactNode;
}

export function RingScope({ onReady, onStep, onChapter, onPlaying, onError, className, style, children, ...options }: RingScopeProps) {
  const element = useRef<HTMLElement>(null);
  const listeners = useRef<Pick<RingScopeProps, keyof typeof EVENTS>>({});
  useEffect(() => {
    listeners.current = { onReady, onStep, onChapter, onPlaying, onError };
  });
  useEffect(() => {
    defineRingScope();
    const at = element.current;
    if (at === null) return undefined;
    const ends = Object.entries(EVENTS).map(([prop, type]) => {
      const listener = (event: Event): void => {
        const call = listeners.current[prop as keyof typeof EVENTS] as ((detail: unknown) => void) | undefined;
        call?.((event as CustomEvent<unknown>).detail);
      };
      at.addEventListener(type, listener);
      return () => at.removeEventListener(type, listener);
    });
    return () => ends.forEach((end) => end());
  }, []);
  // As attributes, which React of every version writes the same way, on a server too.
  const attributes = Object.fromEntries(
    Object.entries(options).flatMap(([name, value]) => (value === undefined || value === false ? [] : [[name, value === true ? '' : value]])),
  );
  return (
    <ring-scope ref={element} class={className} style={style} {...attributes}>
      {children}
    </ring-scope>
  );
}
