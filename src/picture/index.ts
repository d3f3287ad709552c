/** The door to pictures of a step: SVG documents that stand alone, made without a browser. */
export { animation, describeAnimation, USUAL_SECONDS, whyNot } from './animation.ts';
export { describeRings, describeStage } from './describe.ts';
export { ringsPicture } from './rings.ts';
export type { Scene } from './scene.ts';
export { describeHappenings, sequenceText } from './sequence/mermaid.ts';
export { happeningsOf } from './sequence/messages.ts';
export { sequencePicture } from './sequence/picture.ts';
export { stagePicture } from './stage.ts';
export type { ThemeName } from './theme.ts';
