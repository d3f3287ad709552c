import type { Command, Frame } from './protocol.ts';

/** The page's end of the pictures that the engine sends ahead. */
export interface Ahead {
  /** Keeps the picture of the next step, unless something was asked for meanwhile that leads elsewhere. */
  keep(frame: Frame): void;
  /** The picture that this command asks for, if it is there. Any command that may lead elsewhere makes it worthless. */
  take(command: Command): Frame | null;
}

/**
 * The engine answers an acknowledgement with the picture of the next step: after a click a browser may hold back every
 * message until it has drawn what the click itself changed, and the answer would come a picture later.
 */
export function picturesAhead(): Ahead {
  let next: Frame | null = null;
  /** Nothing but questions since the last picture was acknowledged. */
  let still = false;
  return {
    keep(frame) {
      if (still) next = frame;
    },
    take(command) {
      if (command.type === 'ask') return null;
      const frame = command.type === 'step' && command.how === 'into' ? next : null;
      next = null;
      still = command.type === 'ack';
      return frame;
    },
  };
}
