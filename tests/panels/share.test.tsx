// @vitest-environment happy-dom
import { fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ATTRIBUTES } from '../../src/embed/element/attributes.ts';
import { readOptions } from '../../src/embed/options.ts';
import { chapterPart, elementMarkup, frameMarkup, linkMarkup, optionsText } from '../../src/panels/share/embed.ts';
import type { EmbedChoice } from '../../src/panels/share/embed.ts';
import { bytesText } from '../../src/panels/share/files.ts';
import { animation } from '../../src/picture/index.ts';
import SharePanel from '../../src/panels/share/Panel.tsx';
import { commands } from '../../src/store/commands.ts';
import { DEFAULT_RUN } from '../../src/store/config.ts';
import { ringChoice } from '../../src/store/ring-choice.ts';
import { appStore } from '../../src/store/store.ts';
import { freshPage, sentTo } from '../harness/page.ts';
import { after, realPage } from '../harness/real-page.ts';

const USUAL: EmbedChoice = { panels: ['stage'], lens: 'rings', controls: 'line', part: null, autoplay: false, loop: false, theme: 'auto' };
const href = 'https://example.org/ringscope/';

/** What was written to the clipboard; `refuse` makes the browser forbid it. */
function clipboard(refuse = false): string[] {
  const written: string[] = [];
  vi.stubGlobal('navigator', {
    clipboard: { writeText: (text: string) => (refuse ? Promise.reject(new Error('not allowed')) : Promise.resolve(written.push(text))) },
  });
  return written;
}

function part(name: string): HTMLElement {
  fireEvent.click(screen.getByRole('tab', { name }));
  return screen.getByRole('tabpanel', { name });
}

const area = (within_: HTMLElement, name: string): string => within(within_).getByLabelText<HTMLTextAreaElement>(name).value;

beforeEach(() => {
  freshPage();
  vi.stubGlobal('matchMedia', () => ({ matches: false }));
});

afterEach(() => vi.unstubAllGlobals());

describe('the options of a frame', () => {
  it('are none where all is as usual', () => {
    expect(optionsText(USUAL)).toBe('');
  });

  it.each<Partial<EmbedChoice>>([
    { panels: ['story', 'stage'] },
    { panels: ['lens'], lens: 'grants' },
    { controls: 'none', theme: 'dark' },
    { autoplay: true, loop: true, part: { from: 'mapping', to: 'mapping' } },
    { part: { from: '45', to: '60' }, panels: ['stage', 'story', 'lens'], lens: 'memory', controls: 'full', theme: 'light' },
  ])('are read by the frame as they were meant: %j', (some) => {
    const choice = { ...USUAL, ...some };
    const { options, problems } = readOptions(`?${optionsText(choice)}`);
    expect(problems).toEqual([]);
    expect(new Set(options.panels)).toEqual(new Set(choice.panels));
    expect(options.lens).toBe(choice.panels.includes('lens') ? choice.lens : undefined);
    expect(options).toMatchObject({
      controls: choice.controls, theme: choice.theme, autoplay: choice.autoplay, loop: choice.loop,
    });
    const { part: of } = choice;
    expect([options.from, options.to].map((place) => place?.kind)).toEqual(
      of === null ? [undefined, undefined] : /^\d/.test(of.from) ? ['position', 'position'] : ['chapter', 'chapter'],
    );
  });

  it('name a chapter by its id, and one that a choice made by its steps', () => {
    commands.open(DEFAULT_RUN, { kind: 'position', position: 30 });
    const outline = appStore.getState().outline!;
    const [first, second] = outline.chapters;
    expect(chapterPart(outline, 30)).toEqual({ title: second!.title, from: second!.id, to: second!.id });
    const added = { ...outline, chapters: [first!, { ...second!, id: 'acts@25', added: true as const }] };
    expect(chapterPart(added, 30)).toEqual({ title: second!.title, from: '26', to: '300' });
    expect(chapterPart({ ...outline, chapters: [] }, 30)).toBeNull();
  });

  it('stand in markup that a title cannot break', () => {
    commands.open(DEFAULT_RUN, { kind: 'position', position: 0 });
    const here = appStore.getState();
    const holder = document.createElement('div');
    holder.innerHTML = frameMarkup(here, href, 'autoplay&loop', 'a "b" <c> & d');
    const frame = holder.querySelector('iframe')!;
    expect(frame.title).toBe('a "b" <c> & d');
    expect(frame.getAttribute('src')).toMatch(/^https:\/\/example\.org\/ringscope\/embed\.html\?autoplay&loop#v\d+\.netif-multipage\./);
    holder.innerHTML = linkMarkup(here, href, 'autoplay&loop', 'a "b" <c> & d');
    const a = holder.querySelector('a')!;
    expect([a.textContent, a.getAttribute('data-ring-scope')]).toEqual(['a "b" <c> & d', 'autoplay&loop']);
    expect(a.getAttribute('href')).toMatch(/^https:\/\/example\.org\/ringscope\/#v\d+\./);
    expect(linkMarkup(here, href, '', 'a')).toContain('<script src="https://example.org/ringscope/embed.js" defer></script>\n<a data-ring-scope\n');
    holder.innerHTML = elementMarkup(here, href, 'panels=stage,story&autoplay', 'a "b" <c> & d');
    const element = holder.querySelector('ring-scope')!;
    expect([element.getAttribute('panels'), element.getAttribute('autoplay'), element.querySelector('a')!.textContent]).toEqual([
      'stage,story', '', 'a "b" <c> & d',
    ]);
    expect(element.getAttribute('link')).toBe(new URL(a.href).hash);
    expect(element.getAttributeNames().every((name) => (ATTRIBUTES as readonly string[]).includes(name))).toBe(true);
    expect(holder.querySelector('script')!.getAttribute('src')).toBe('https://example.org/ringscope/ring-scope.js');
  });
});

describe('the link', () => {
  it('is shown with what it contains, and is copied', async () => {
    const written = clipboard();
    commands.open({ ...DEFAULT_RUN, config: { ...DEFAULT_RUN.config, queues: 2, backend: 'pvh' } }, { kind: 'position', position: 40 });
    render(<SharePanel onClose={() => {}} />);
    const link = screen.getByRole('tabpanel', { name: 'Link' });
    expect(link.textContent).toContain('4 pages for TX, 4 pages for RX');
    expect(link.textContent).toContain('dom0 is PVH');
    expect(link.textContent).toContain('none: everything happens in the usual order');
    expect(link.textContent).toContain(appStore.getState().step!.key);
    fireEvent.click(within(link).getByRole('button', { name: 'Copy the link' }));
    await waitFor(() => expect(within(link).getByRole('status').textContent).toBe('Copied'));
    expect(written).toEqual([area(link, 'The address of this step')]);
    expect(written[0]).toMatch(/#v\d+\.netif-multipage\./);
  });

  it('names each place where the run leaves the usual order', () => {
    const choices = [[3, 'act:send'], [9, 'dom0 xenwatch']] as const;
    commands.open({ ...DEFAULT_RUN, scenario: 'fault-made-up', choices }, { kind: 'position', position: 40 });
    appStore.setState({ scenarios: [{ id: 'fault-made-up', title: 'A made-up fault', defaults: DEFAULT_RUN.config,
      acts: [{ id: 'send', kind: 'guest', party: 'domU', title: 'Send a packet' }] }] });
    render(<SharePanel onClose={() => {}} />);
    const link = screen.getByRole('tabpanel', { name: 'Link' });
    expect(link.textContent).toContain('departs from the usual order in 2 places');
    expect(within(link).getAllByRole('listitem').map(({ textContent }) => textContent))
      .toEqual(['after step 3: Send a packet', 'after step 9: dom0 xenwatch goes first']);
  });

  it('is selected, with a word why, where the browser refuses to copy', async () => {
    clipboard(true);
    commands.open(DEFAULT_RUN, { kind: 'position', position: 40 });
    render(<SharePanel onClose={() => {}} />);
    fireEvent.click(screen.getByRole('button', { name: 'Copy the link' }));
    expect(await screen.findByText(/^The browser does not let this page write to the clipboard/)).toBeTruthy();
    const field = screen.getByLabelText<HTMLTextAreaElement>('The address of this step');
    expect(field.selectionEnd).toBe(field.value.length);
  });

  it('says so while no run is open', () => {
    render(<SharePanel onClose={() => {}} />);
    expect(screen.getByRole('tabpanel', { name: 'Link' }).textContent).toBe('What can be shared appears once the run is open.');
  });
});

describe('the dialog', () => {
  it('stops playing, and its tabs are one stop of the keyboard', () => {
    const engine = freshPage();
    commands.open(DEFAULT_RUN, { kind: 'position', position: 40 });
    sentTo(engine);
    render(<SharePanel onClose={() => {}} />);
    expect(sentTo(engine)).toEqual([{ type: 'pause' }]);
    const tab = (name: string): HTMLElement => screen.getByRole('tab', { name });
    expect(document.activeElement).toBe(tab('Link'));
    for (const [key, name] of [['ArrowRight', 'Embed'], ['End', 'Data'], ['ArrowRight', 'Link'], ['ArrowLeft', 'Data'], ['Home', 'Link']] as const) {
      fireEvent.keyDown(document.activeElement!, { key });
      expect(document.activeElement).toBe(tab(name));
      expect(tab(name).getAttribute('aria-selected')).toBe('true');
      expect(screen.getAllByRole('tab').filter(({ tabIndex }) => tabIndex === 0)).toEqual([tab(name)]);
    }
  });

  it('closes by its button', () => {
    commands.open(DEFAULT_RUN, { kind: 'position', position: 40 });
    const onClose = vi.fn<() => void>();
    render(<SharePanel onClose={onClose} />);
    fireEvent.click(screen.getByRole('button', { name: 'Close' }));
    expect(onClose).toHaveBeenCalledOnce();
  });
});

describe('the markup', () => {
  it('changes with what is picked, and is kept while another part is shown', () => {
    commands.open(DEFAULT_RUN, { kind: 'position', position: 40 });
    render(<SharePanel onClose={() => {}} />);
    const embed = part('Embed');
    const box = (name: string): HTMLInputElement => within(embed).getByRole<HTMLInputElement>('checkbox', { name });
    const markup = (): string => area(embed, 'The markup to put into your page');
    expect(markup()).toMatch(/^<iframe src="[^"?]*embed\.html#/);
    expect(box('Stage').disabled).toBe(true);
    fireEvent.click(box('Story'));
    expect(box('Stage').disabled).toBe(false);
    fireEvent.click(box('Stage'));
    fireEvent.click(box('Lens'));
    fireEvent.change(within(embed).getByRole('combobox', { name: 'Which lens' }), { target: { value: 'grants' } });
    fireEvent.click(within(embed).getByRole('radio', { name: 'Full' }));
    fireEvent.click(box('Only the chapter “The backend probes”'));
    fireEvent.click(within(embed).getByRole('radio', { name: 'Dark' }));
    const options = 'panels=story,lens&amp;lens=grants&amp;controls=full&amp;from=probe-back&amp;to=probe-back&amp;theme=dark';
    expect(markup()).toContain(`embed.html?${options}#v`);
    fireEvent.click(within(embed).getByRole('radio', { name: 'Link with script' }));
    expect(markup()).toContain(`<a data-ring-scope="${options}"`);
    part('Link');
    expect(area(part('Embed'), 'The markup to put into your page')).toContain(options);
  });

  it('is shown as a frame only when somebody asks, and the policy of the page is named where that is forbidden', () => {
    commands.open(DEFAULT_RUN, { kind: 'position', position: 40 });
    render(<SharePanel onClose={() => {}} />);
    const embed = part('Embed');
    expect(embed.querySelector('iframe')).toBeNull();
    // Here nobody serves the frame.
    Object.assign((globalThis as unknown as { happyDOM: { settings: object } }).happyDOM.settings, { disableIframePageLoading: true });
    const button = within(embed).getByRole('button', { name: 'Preview' });
    fireEvent.click(button);
    expect(embed.querySelector('iframe')?.getAttribute('src')).toMatch(/embed\.html#v\d/);
    fireEvent(document, Object.assign(new Event('securitypolicyviolation'), { effectiveDirective: 'img-src' }));
    expect(within(embed).queryByRole('alert')).toBeNull();
    fireEvent(document, Object.assign(new Event('securitypolicyviolation'), { effectiveDirective: 'frame-src' }));
    expect(within(embed).getByRole('alert').textContent).toMatch(/^The server of this page forbids frames/);
    expect(embed.querySelector('iframe')).toBeNull();
  });
});

describe('pictures and data of the real run', () => {
  beforeEach(() => {
    realPage('netif-multipage', { txPages: 1, rxPages: 1 });
    after('map_grant_ref#map_one');
    ringChoice.setState({ ring: { direction: 'rx', queue: 0 } });
  });

  const decoded = (image: HTMLElement): string => decodeURIComponent(image.getAttribute('src')!.split(',')[1]!);

  it('are the stage, the ring that is open, and the sequence, in the colours picked', async () => {
    const written = clipboard();
    render(<SharePanel onClose={() => {}} />);
    const picture = part('Picture');
    const image = await within(picture).findByRole('img');
    expect(image.getAttribute('src')).toMatch(/^data:image\/svg\+xml;/);
    expect(image.getAttribute('alt')).toBe(area(picture, 'Alt text'));
    expect(image.getAttribute('alt')).toContain('Backend state: 2 InitWait');
    expect(within(picture).getByRole('link', { name: 'Download' }).getAttribute('download'))
      .toMatch(/^ringscope-netif-multipage-step-\d+-stage-light\.svg$/);

    fireEvent.click(within(picture).getByRole('radio', { name: 'Ring' }));
    expect(decoded(within(picture).getByRole('img'))).toContain('RX ring of queue 0');
    expect(decoded(within(picture).getByRole('img'))).not.toContain('TX ring of queue 0');
    fireEvent.change(within(picture).getByRole('combobox', { name: 'Which ring' }), { target: { value: 'all' } });
    expect(decoded(within(picture).getByRole('img'))).toContain('TX ring of queue 0');
    fireEvent.click(within(picture).getByRole('radio', { name: 'Dark' }));
    expect(decoded(within(picture).getByRole('img'))).toContain('#0f141a');

    fireEvent.click(within(picture).getByRole('radio', { name: 'Sequence' }));
    await waitFor(() => expect(area(picture, 'Alt text')).toMatch(/What happened until then, in \d+ lines from \d+ chapters\.$/));
    fireEvent.click(within(picture).getByRole('button', { name: 'Copy the SVG' }));
    await waitFor(() => expect(written).toHaveLength(1));
    expect(written[0]).toMatch(/^<\?xml[^]*The toolstack writes[^]*<\/svg>\n$/);
    fireEvent.click(within(picture).getByRole('radio', { name: 'Mermaid' }));
    expect(within(picture).getByRole('group', { name: 'Preview' }).textContent).toMatch(/^sequenceDiagram\n/);
    fireEvent.click(within(picture).getByRole('radio', { name: 'Stage' }));
    expect(within(picture).getByRole('img').getAttribute('alt')).toContain('Backend state');
  });

  it('are the chapter, animated: what the page shows at each of its steps', async () => {
    const [from, to] = [391, 428];
    const scenes = Array.from({ length: to - from + 1 }, (_, n) => {
      commands.seek(from + n);
      const { scenarios, outline, position, step, stage: view, notes } = appStore.getState();
      const scenario = scenarios.find(({ id }) => id === 'netif-multipage')!.title;
      return { scenario, run: outline!.run, outline: outline!, position, step, view, notes };
    });
    after('map_grant_ref#map_one');
    render(<SharePanel onClose={() => {}} />);
    const picture = part('Picture');
    const still = (await within(picture).findByRole('img')).getAttribute('src');
    fireEvent.click(within(picture).getByRole('radio', { name: 'PNG' }));
    fireEvent.click(within(picture).getByRole('radio', { name: 'This chapter, animated' }));
    const image = await within(picture).findByRole('img');
    const alt = image.getAttribute('alt')!;
    expect(alt).toBe(area(picture, 'Alt text'));
    expect(alt).toContain(`steps ${from} to ${to} of 549: Chapter 14 of 17`);
    expect(within(picture).queryByRole('radio', { name: 'PNG' })).toBeNull();
    expect(within(picture).getByRole('link', { name: 'Download' }).getAttribute('download'))
      .toBe(`ringscope-netif-multipage-steps-${from}-${to}-stage-light.svg`);
    expect(decoded(image)).toBe(animation(scenes, { what: 'stage', theme: 'light', seconds: 2 }));

    fireEvent.click(within(picture).getByRole('radio', { name: '4 s' }));
    expect(decoded(within(picture).getByRole('img'))).toContain(` ${4 * (to - from + 1)}s step-end infinite`);
    fireEvent.click(within(picture).getByRole('radio', { name: 'Ring' }));
    expect(decoded(within(picture).getByRole('img'))).toMatch(/@keyframes[^]*RX ring of queue 0/);
    expect(decoded(within(picture).getByRole('img'))).not.toContain('TX ring of queue 0');
    fireEvent.click(within(picture).getByRole('radio', { name: 'This step' }));
    fireEvent.click(within(picture).getByRole('radio', { name: 'Stage' }));
    fireEvent.click(within(picture).getByRole('radio', { name: 'SVG' }));
    expect(within(picture).getByRole('img').getAttribute('src')).toBe(still);
  });

  it('are no animation of a chapter that is too long, and the reason is said', async () => {
    const { outline } = appStore.getState();
    appStore.setState({ outline: { ...outline!, chapters: outline!.chapters.slice(0, 1) } });
    render(<SharePanel onClose={() => {}} />);
    const picture = part('Picture');
    await within(picture).findByRole('img');
    fireEvent.click(within(picture).getByRole('radio', { name: 'This chapter, animated' }));
    expect((await within(picture).findByRole('alert')).textContent)
      .toBe('The picture could not be made: steps 1 to 549 are 549 pictures; an animation has at most 200');
    expect(within(picture).queryByRole('img')).toBeNull();
  });

  it('say where the person looks that a PNG cannot be made or copied', async () => {
    vi.stubGlobal('navigator', { clipboard: {} });
    HTMLImageElement.prototype.decode = () => Promise.reject(new Error('no'));
    render(<SharePanel onClose={() => {}} />);
    const picture = part('Picture');
    await within(picture).findByRole('img');
    fireEvent.click(within(picture).getByRole('radio', { name: 'PNG' }));
    expect((await within(picture).findByRole('alert')).textContent)
      .toBe('The picture could not be made: this browser cannot draw the SVG. Download it all the same.');
    fireEvent.click(within(picture).getByRole('button', { name: 'Copy the PNG' }));
    expect(await within(picture).findByText(/^The browser does not let this page put a picture on the clipboard/)).toBeTruthy();
  });

  it('are the run up to the step or all of it, as a trace and as JSON', async () => {
    const written = clipboard();
    const { position, outline } = appStore.getState();
    render(<SharePanel onClose={() => {}} />);
    const data = part('Data');
    const copy = async (format: string): Promise<string> => {
      const before = written.length;
      fireEvent.click(within(data).getByRole('button', { name: `Copy the ${format}` }));
      await waitFor(() => expect(written).toHaveLength(before + 1));
      return written.at(-1)!;
    };
    await within(data).findByRole('link', { name: 'Download' });
    expect((await copy('Trace')).trimEnd().split('\n').at(-1)).toMatch(new RegExp(`^ +${position}  dom0 xenwatch +map_grant_ref#map_one`));
    fireEvent.click(within(data).getByRole('radio', { name: 'The whole run' }));
    fireEvent.click(within(data).getByRole('radio', { name: 'JSON' }));
    await waitFor(() => expect(within(data).getByRole('link', { name: 'Download' }).getAttribute('download')).toMatch(/\.json$/));
    const records = JSON.parse(await copy('JSON')) as { number: number }[];
    expect(records.map(({ number }) => number)).toEqual(Array.from({ length: outline!.length }, (_, n) => n + 1));
  });

  it('say how far they are read, and why they cannot be', async () => {
    const engine = freshPage();
    commands.open(DEFAULT_RUN, { kind: 'position', position: 40 });
    render(<SharePanel onClose={() => {}} />);
    sentTo(engine);
    const data = part('Data');
    expect((await within(data).findByRole('status')).textContent).toBe('Reading the run: 0 of 40 steps.');
    const [{ id }] = sentTo(engine) as [{ id: number }];
    engine.emit({ type: 'answer', id, answer: { kind: 'none', reason: 'it is gone' } });
    expect((await within(data).findByRole('alert')).textContent).toBe('The run could not be read: it is gone');
  });
});

it('tells sizes as people do', () => {
  expect([100, 50_000, 3_000_000].map(bytesText)).toEqual(['1 KiB', '49 KiB', '2.9 MiB']);
});
