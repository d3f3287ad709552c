/** Does what the page around the frame asks for. Comes with its first message. */
import { openFragment } from '../app/address.ts';
import { embedWords as t } from '../content/embed.ts';
import { fill } from '../content/words.ts';
import { commands } from '../store/commands.ts';
import { readPlaceText } from '../store/place-text.ts';
import { firstOf, lastOf, positionOf } from '../store/range.ts';
import { appStore } from '../store/store.ts';
import { ready, tell } from './tell.ts';
import { readMessage } from './messages.ts';
import type { HostMessage } from './messages.ts';
import { show } from './show.ts';
import { readShown } from './shown.ts';
import { summaryOf } from './summary.ts';

let warned = false;

/** Obeys a message; of what is none that it knows it warns once: a page that goes on with it must not fill the console. */
export function obey(data: unknown): void {
  const read = readMessage(data);
  if (read === null) return;
  if ('message' in read) return act(read.message);
  if (!warned) console.warn(fill(t.message.malformed, { reason: read.wrong }));
  warned = true;
}

function act(message: HostMessage): void {
  switch (message.type) {
    case 'ping':
      if (appStore.getState().outline !== null) tell(ready(appStore.getState()));
      return;
    case 'open':
      return void openFragment(message.link.slice(Math.max(0, message.link.indexOf('#'))));
    case 'show': {
      const { shown, problems } = readShown((option) => (message[option] === undefined ? null : String(message[option])));
      const [reason] = problems;
      return reason === undefined ? show(shown) : commands.complain({ command: 'link', reason });
    }
    case 'step':
      return commands.step(message.how);
    case 'seek':
      return seek(message.to);
    case 'play':
      if (message.speed !== undefined) commands.setSpeed(message.speed);
      return commands.play();
    case 'pause':
      return commands.pause();
    case 'setTheme':
      return appStore.setState({ theme: message.theme });
    case 'getState':
      return tell({ type: 'state', ...(message.id !== undefined && { id: message.id }), state: summaryOf(appStore.getState()) });
  }
}

function seek(to: number | string): void {
  const state = appStore.getState();
  if (typeof to === 'number') return commands.seek(to);
  if (to === 'start') return commands.seek(firstOf(state));
  if (to === 'end') return commands.seek(lastOf(state));
  const place = readPlaceText(to);
  const position = place === undefined || state.outline === null ? undefined : positionOf(state.outline, place, 'first');
  if (position === undefined) return tell({ type: 'error', reason: fill(t.message.badPlace, { value: to.slice(0, 60) }) });
  commands.seek(position);
}
