/**
 * A run and a place in it as the fragment of an address:
 *
 *     #v2.netif-multipage.4.4.1.64.pv.-.xenvif_connect!map_tx~2.81f3.grants.x7k2
 *
 * version, scenario, TX pages, RX pages, queues, grant frames, backend, choices (`position~thread,...` or
 * `-`), place (a position, `function!label~occurrence` (1 is left out), or `@chapter`), the beginning of the state's
 * fingerprint there or `-`, the open lens or `-`, check digits. Version 1 had neither of the last two before the digits,
 * and always the occurrence. Pure.
 */
import { hashString } from '../base/hash.ts';
import type { Place, RunSpec } from '../engine/protocol.ts';
import type { Lens } from './lenses.ts';

export const LINK_VERSION = 2;

/** What a link holds beside the run and the place. */
export interface LinkExtras {
  /** The beginning of the state's fingerprint at the place, {@link STATE_DIGITS} hexadecimal digits, to notice that the model changed. */
  state: string | null;
  lens: Lens | null;
}

/** Enough to notice another state, which is all that they are for. */
export const STATE_DIGITS = 4;

/** The fragment (with `#`) that stands for this run and place. */
export function formatLink(run: RunSpec, at: Place, { state, lens }: LinkExtras = { state: null, lens: null }): string {
  const { txPages, rxPages, queues, maxGrantFrames, backend } = run.config;
  const choices = run.choices.map(([where, thread]) => `${where}~${encodeName(thread)}`).join(',');
  const body = [
    `v${LINK_VERSION}`,
    encodeName(run.scenario),
    txPages,
    rxPages,
    queues,
    maxGrantFrames,
    backend,
    choices === '' ? '-' : choices,
    formatPlace(at),
    state?.slice(0, STATE_DIGITS) ?? '-',
    lens ?? '-',
  ].join('.');
  return `#${body}.${checkDigits(body)}`;
}

/** What lies before and after the first `by`; the whole alone without one. */
export function split(text: string, by: string): string[] {
  const at = text.indexOf(by);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

function formatPlace(at: Place): string {
  switch (at.kind) {
    case 'position':
      return String(at.position);
    case 'chapter':
      return `@${encodeName(at.chapter)}`;
    case 'key': {
      const [fn = '', label = ''] = split(at.key, '#');
      return `${encodeName(fn)}!${encodeName(label)}${at.occurrence === 1 ? '' : `~${at.occurrence}`}`;
    }
  }
}

/**
 * A name with nothing in it that separates parts; a space becomes `+` and a colon stays, which is easier on the eye
 * than `%20` and `%3A`.
 */
function encodeName(text: string): string {
  return encodeURIComponent(text)
    .replace(/[.~!']/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+')
    .replaceAll('%3A', ':');
}

/** Four digits of base 36: enough to notice a cut or a slip, which is all they are for. */
export function checkDigits(body: string): string {
  return ((hashString(body).a >>> 0) % 36 ** 4).toString(36).padStart(4, '0');
}
