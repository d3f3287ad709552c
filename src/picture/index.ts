/** The door to pictures of a step: SVG documents that stand alone, made without a browser. */
export { ringsPicture } from './rings.ts';
export type { Scene } from './scene.ts';
export { sequenceText } from './sequence/mermaid.ts';
export type { Happening } from './sequence/messages.ts';
export { sequencePicture } from './sequence/picture.ts';
export { stagePicture } from './stage.ts';
export type { ThemeName } from './theme.ts';
