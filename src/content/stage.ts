import stage from './en/stage.json';

/** The words of the stage. */
export const stageWords = stage;
