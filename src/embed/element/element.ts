/**
 * <ring-scope>: RingScope as an element of any page. In its shadow root lies a frame without an address, whose document runs
 * the code of RingScope: the page's styles, keys and scripts do not reach into it, nor its own out (docs/adr/0018).
 */
import { isDark, whenThemeMayChange } from '../dark.ts';
import type { FrameMessage, Summary } from '../told.ts';
import { addressOf, ATTRIBUTES, changeOf, fragmentOf, isElsewhere, NUMBERS, searchOf, SWITCHES } from './attributes.ts';
import type { Attribute, Said } from './attributes.ts';
import { documentOf } from './markup.ts';
import type { Scripts } from './markup.ts';
import { trustedMarkup } from './trusted-markup.ts';

/** What a frame says and the element says on, as an event of that name; its `detail` is the message without its type. */
const TOLD: ReadonlySet<string> = new Set<keyof RingScopeEvents>(['ready', 'step', 'chapter', 'playing', 'error']);

/** Of the element's events, what `detail` is. */
export type Detail<T extends FrameMessage['type']> = Omit<Extract<FrameMessage, { type: T }>, 'type'>;

/** The element's own events, beside those of every element. None of them bubbles. */
export type RingScopeEvents = { readonly [T in 'ready' | 'step' | 'chapter' | 'playing' | 'error']: CustomEvent<Detail<T>> };

/** How far below the window an element begins to load, in CSS pixels. */
const NEAR = '400px';
/** Higher than any picture. */
const HIGHEST = 10_000;

/** The room that it has until it knows how high it is: less moves in the page around when that is told. */
const SHEET = `
:host { display: block; }
:host([hidden]) { display: none; }
div { position: relative; min-height: 560px; }
div[data-sized], :host([height='fill']) div { min-height: 0; }
iframe { display: block; width: 100%; height: 560px; border: 0; }
:host([height='fill']) :is(div, iframe) { height: 100%; }
slot { display: block; }
iframe + slot { display: none; }
iframe[data-waits] { opacity: 0; }
iframe[data-waits] + slot { display: block; position: absolute; inset: 0; overflow: hidden; }
`;

/** On a server there are no elements; the class is made there all the same, so that a page's code can be loaded. */
const Base = typeof HTMLElement === 'undefined' ? (Object as unknown as typeof HTMLElement) : HTMLElement;

/** The element. Every attribute of {@link ATTRIBUTES} is a property too. */
export class RingScopeElement extends Base {
  static readonly observedAttributes: readonly string[] = ATTRIBUTES;
  /** Where the code lies, unless the attribute `assets` names a folder. Set when the element is defined. */
  static scripts: Scripts | null = null;
  /** The address of a whole page of RingScope, unless the attribute `home` names one; undefined where there is none. */
  static home: string | undefined;

  declare scenario: string | null;
  /** Of each ring: 1, 2, 4, 8 or 16. */
  declare pages: number | null;
  declare queues: number | null;
  /** Where to be: a step's number, `function#label`, a chapter's id, `start` or `end`. */
  declare step: string | number | null;
  /** A permalink, which names run and place at once. */
  declare link: string | null;
  /** Some of `stage`, `story`, `lens`. */
  declare panels: string | null;
  declare lens: string | null;
  /** The part of the run that is shown. */
  declare from: string | number | null;
  declare to: string | number | null;
  declare autoplay: boolean;
  declare loop: boolean;
  /** `none`, `line` or `full`. */
  declare controls: string | null;
  /** `auto`, or `fill` for as high as the element is made. */
  declare height: string | null;
  /** `light`, `dark` or `auto`, which is as what lies behind the element. */
  declare theme: string | null;
  /** What a screen reader calls it. */
  declare label: string | null;
  /** The address of a whole page of RingScope, for “Open this step”. */
  declare home: string | null;
  /** The folder that the code lies in. */
  declare assets: string | null;

  private readonly box = document.createElement('div');
  private frame: HTMLIFrameElement | null = null;
  private ready = false;
  /** What was asked for before the frame was ready. */
  private early: Readonly<Record<string, unknown>>[] = [];
  /** The fragment that leads to what is shown; the frame has said it. */
  private here = '';
  private changed = new Set<Attribute>();
  private ends: (() => void)[] = [];
  private readonly waiting = new Map<number, (state: Summary) => void>();
  private asked = 0;

  private shown = { position: 0, length: 0 };

  /** The step shown, counted from 1; 0 at the beginning and before the frame is ready. */
  get position(): number {
    return this.shown.position;
  }

  /** Steps of the run; 0 before the frame is ready. */
  get length(): number {
    return this.shown.length;
  }

  /** As of every element; here for its types, which know what the element's own events tell. */
  override addEventListener<T extends keyof RingScopeEvents>(
    type: T, listener: (this: RingScopeElement, event: RingScopeEvents[T]) => void, options?: boolean | AddEventListenerOptions,
  ): void;
  override addEventListener(type: string, listener: EventListenerOrEventListenerObject | null, options?: boolean | AddEventListenerOptions): void;
  override addEventListener(type: string, listener: unknown, options?: boolean | AddEventListenerOptions): void {
    super.addEventListener(type, listener as EventListener, options);
  }

  connectedCallback(): void {
    // What was set before the element was defined.
    for (const name of ATTRIBUTES) {
      if (!Object.hasOwn(this, name)) continue;
      const value: unknown = this[name];
      Reflect.deleteProperty(this, name);
      Reflect.set(this, name, value);
    }
    if (this.shadowRoot === null) {
      const root = this.attachShadow({ mode: 'open' });
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(SHEET);
      root.adoptedStyleSheets = [sheet];
      // Without the code, and until there is something to see: what the author put into the element.
      this.box.append(document.createElement('slot'));
      root.append(this.box);
    }
    const onMessage = (event: MessageEvent): void => this.hear(event);
    addEventListener('message', onMessage);
    const near = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      near.disconnect();
      this.make();
    }, { rootMargin: NEAR });
    near.observe(this);
    this.ends = [
      () => removeEventListener('message', onMessage),
      () => near.disconnect(),
      whenThemeMayChange(() => this.tellTheme()),
    ];
  }

  disconnectedCallback(): void {
    for (const end of this.ends) end();
    this.unmake();
  }

  attributeChangedCallback(name: Attribute, before: string | null, now: string | null): void {
    if (before === now) return;
    // Attributes that change together are one change.
    if (this.changed.size === 0) queueMicrotask(() => this.follow());
    this.changed.add(name);
  }

  /** Opens a permalink: the whole address, or its fragment. */
  open(link: string): void {
    this.tell({ type: 'open', link });
  }

  /** Makes one step, or goes where the button of that name leads. As all methods, it may be called before the frame is ready. */
  move(how: 'into' | 'over' | 'out' | 'back' | 'back-over' | 'chapter' | 'chapter-back' | 'start' | 'end' = 'into'): void {
    this.tell({ type: 'step', how });
  }

  /** Goes to a step's number, or a place as the attribute `step` names it. */
  seek(to: number | string): void {
    this.tell({ type: 'seek', to });
  }

  play(speed?: 0.5 | 1 | 4 | 16): void {
    this.tell({ type: 'play', ...(speed !== undefined && { speed }) });
  }

  pause(): void {
    this.tell({ type: 'pause' });
  }

  /** What is so at the step shown. Comes once the frame is ready. */
  getState(): Promise<Summary> {
    const id = ++this.asked;
    return new Promise((resolve) => {
      this.waiting.set(id, resolve);
      if (this.ready) this.tell({ type: 'getState', id });
    });
  }

  private said(): Said {
    return Object.fromEntries(ATTRIBUTES.flatMap((name) => (this.hasAttribute(name) ? [[name, this.getAttribute(name)!]] : [])));
  }

  private lightOrDark(): string {
    const theme = this.getAttribute('theme') ?? 'auto';
    return theme === 'auto' ? (isDark(this) ? 'dark' : 'light') : theme;
  }

  private scripts(): Scripts | null {
    const folder = this.getAttribute('assets');
    if (folder === null) return RingScopeElement.scripts;
    const base = addressOf(folder.endsWith('/') ? folder : `${folder}/`, document.baseURI);
    if (base === undefined) return null;
    const at = (file: string): string => new URL(file, base).href;
    return { first: at('ring-scope.js'), more: at('ring-scope-more.js') };
  }

  /** Makes the frame, at the place of the one before where there was one. */
  private make(): void {
    const said = this.said();
    const scripts = this.scripts();
    if (scripts === null) throw new Error('<ring-scope> does not know where ring-scope.js lies: define it, or name the folder in its attribute assets');
    const frame = document.createElement('iframe');
    frame.title = said.label ?? 'RingScope';
    // What the author put into the element says more than a stage on which nothing has happened yet.
    if (this.textContent.trim() !== '' || this.childElementCount > 0) frame.setAttribute('data-waits', '');
    const host = location.origin === 'null' ? undefined : location.origin;
    frame.srcdoc = trustedMarkup(documentOf({
      scripts,
      search: searchOf(said, this.lightOrDark(), host),
      fragment: this.here === '' ? fragmentOf(said.link ?? '') : this.here,
      home: said.home === undefined ? RingScopeElement.home : addressOf(said.home, document.baseURI),
    }));
    this.frame = frame;
    this.box.prepend(frame);
  }

  /** As high as what it shows, in CSS pixels, unless it is to fill its room. */
  private size(height: number): void {
    if (this.frame === null || this.getAttribute('height') === 'fill') return;
    this.frame.style.height = `${Math.min(height, HIGHEST)}px`;
    this.box.toggleAttribute('data-sized', true);
  }

  private unmake(): void {
    this.frame?.remove();
    this.frame = null;
    this.ready = false;
  }

  /** Tells the frame of the attributes that have changed. Before there is one, it begins with them. */
  private follow(): void {
    const { changed } = this;
    this.changed = new Set();
    if (this.frame === null) return;
    this.frame.title = this.getAttribute('label') ?? 'RingScope';
    if (changed.has('theme')) this.tellTheme();
    const change = changeOf(changed, this.said());
    if (change === null) return;
    if (change !== 'anew') return this.tell(change);
    if (isElsewhere(changed)) this.here = '';
    this.unmake();
    this.make();
  }

  private tellTheme(): void {
    const theme = this.lightOrDark();
    // Another word was refused when the frame was made, where the author sees it.
    if (this.ready && (theme === 'light' || theme === 'dark')) this.tell({ type: 'setTheme', theme });
  }

  private tell(message: Readonly<Record<string, unknown>>): void {
    if (!this.ready) return void this.early.push(message);
    // The frame has no origin of its own to name.
    this.frame?.contentWindow?.postMessage({ ringscope: 1, ...message }, '*');
  }

  private hear({ source, data }: MessageEvent): void {
    if (this.frame === null || source !== this.frame.contentWindow || data?.ringscope !== 1) return;
    const { ringscope: _version, type, ...detail } = data;
    this.take(data as FrameMessage);
    if (TOLD.has(type)) this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  private take(message: FrameMessage): void {
    switch (message.type) {
      case 'ready':
        this.ready = true;
        this.frame?.removeAttribute('data-waits');
        this.tellTheme();
        this.early.splice(0).forEach((one) => this.tell(one));
        for (const id of this.waiting.keys()) this.tell({ type: 'getState', id });
        return;
      case 'height':
        this.size(message.height);
        return;
      case 'step':
        this.shown = { position: message.position, length: message.length };
        this.here = message.link;
        return;
      case 'state':
        this.waiting.get(Number(message.id))?.(message.state);
        this.waiting.delete(Number(message.id));
        return;
      case 'reload':
        this.here = message.link;
        this.unmake();
        this.make();
        return;
      case 'chapter':
      case 'playing':
      case 'error':
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ring-scope': RingScopeElement;
  }
}

for (const name of ATTRIBUTES) {
  Object.defineProperty(RingScopeElement.prototype, name, {
    get(this: RingScopeElement) {
      const text = this.getAttribute(name);
      if (SWITCHES.has(name)) return text !== null;
      return NUMBERS.has(name) && text !== null ? Number(text) : text;
    },
    set(this: RingScopeElement, value: string | number | boolean | null | undefined) {
      if (value === null || value === undefined || value === false) this.removeAttribute(name);
      else this.setAttribute(name, value === true ? '' : String(value));
    },
    configurable: true,
    enumerable: true,
  });
}
