import words from './en/scenarios.json';

/** The words of the dialog that chooses a scenario. */
export const scenarioWords = words;
