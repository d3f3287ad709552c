import content from './en/tour.json';

/** A step of the run: the n-th with that `function#label`; or before the first. */
export type StopPlace = 'start' | { readonly key: string; readonly occurrence: number };

/** A part of the page, and a lens if one is needed. */
export interface Look {
  readonly spot: Spot;
  readonly lens?: string;
  /** Of the settings, the one. */
  readonly setting?: Setting;
  /** In the rings lens, a slot that lies on two pages, where the ring has one. */
  readonly seam?: true;
  /** On the stage, the last of the keys of a directory that the words name. */
  readonly key?: string;
}

/** One stop of the guided tour. Texts may have `{places}` for numbers of the run. */
export interface TourStop {
  readonly id: string;
  readonly at: StopPlace;
  readonly title: string;
  readonly text: string;
  /** Instead of `text` where there may be no keys and no room side by side. */
  readonly textTouch?: string;
  /** What is outlined on the page, and the lens that is opened. */
  readonly look: Look;
  /** Shows what is at stake. */
  /** A scenario with a seeded bug, whose harm is to be seen. */
  readonly harm?: string;
  /** Which questions at the end it prepares. */
  readonly questions: readonly number[];
}

/** One of several ways to answer; a wrong one says why it is wrong. */
export interface TourChoice {
  readonly text: string;
  readonly right?: boolean;
  readonly why?: string;
}

/** A question at the end: answered by doing, or by picking where it has choices. */
export interface TourQuestion {
  readonly id: number;
  /** What it is called among the results. */
  readonly name: string;
  /** Where the answer is to be sought, and where it is shown. */
  readonly look: Look;
  readonly prompt: string;
  readonly hint: string;
  readonly choices?: readonly TourChoice[];
  readonly answer: string;
  /** As of a stop; offered with the answer. */
  /** A scenario with a seeded bug, whose harm is to be seen. */
  readonly harm?: string;
}

/** Parts of the page that a stop can point at. */
export type Spot = keyof typeof content.spots;

/** Settings that a question asks to change. */
export type Setting = keyof typeof content.settings;

/** A claim of the notes that the project began with, by the step whose note settles it. */
export interface Myth {
  readonly n: number;
  readonly key: string;
}

export const tourWords = content.words;
export const spotNames: Readonly<Record<Spot, string>> = content.spots;
export const settingNames: Readonly<Record<Setting, string>> = content.settings;
export const tourStops = content.stops as readonly TourStop[];
export const tourQuestions = content.questions as readonly TourQuestion[];
export const myths: readonly Myth[] = content.myths;
