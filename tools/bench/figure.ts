/** One measured number. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What is promised; null where the figure is for information. */
  readonly limit: { readonly at: 'most' | 'least'; readonly value: number } | null;
  /** Whether the promise is kept; null without one. */
  readonly ok: boolean | null;
  /** How it came about, in plain data. */
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** A figure that should be at most `limit`. */
export function atMost(limit: number, figure: Omit<Figure, 'limit' | 'ok'>): Figure {
  const value = rounded(figure.value);
  return { ...figure, value, limit: { at: 'most', value: limit }, ok: value <= limit };
}

/** A figure that should be at least `limit`. */
export function atLeast(limit: number, figure: Omit<Figure, 'limit' | 'ok'>): Figure {
  const value = rounded(figure.value);
  return { ...figure, value, limit: { at: 'least', value: limit }, ok: value >= limit };
}

/** A figure without a promise. */
export function forInformation(figure: Omit<Figure, 'limit' | 'ok'>): Figure {
  return { ...figure, value: rounded(figure.value), limit: null, ok: null };
}

/** Three decimals are more than any of these measurements holds. */
export function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/** The value that a share of `part` (0 to 1) of all values do not exceed. @throws if there is none */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)];
  if (value === undefined) throw new Error('nothing was measured');
  return value;
}
