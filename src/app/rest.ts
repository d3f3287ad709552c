// What the page has besides its frame and what leads through the run: drawn once the first step can be made.
export { SlidersPanel } from '../panels/controls/Panel.tsx';
export { LensesPanel } from '../panels/lenses/Panel.tsx';
export { FirstWords, StoryPanel } from '../panels/story/Panel.tsx';
export { StageArea } from './StageArea.tsx';
