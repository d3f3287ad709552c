/**
 * Where a fact was read: a project, the exact version, and the file (with the definition where that helps).
 */
export interface Citation {
  readonly project: string;
  readonly version: string;
  readonly path: string;
}

/** A citation of a file below xen/include/public/ of the reference release. */
/* @__NO_SIDE_EFFECTS__ */
export function xenPublic(file: string): Citation {
  return { project: 'Xen', version: '4.23-dev c447b7308b', path: `xen/include/public/${file}` };
}

/** A named group of constants: the public name of each is `prefix + key`. */
export interface ConstantTable {
  readonly prefix: string;
  readonly cite: Citation;
  readonly values: Readonly<Record<string, number>>;
}

/** The key whose value is `value`, or undefined. For groups in which every value occurs once. */
export function nameOf<T extends Readonly<Record<string, number>>>(
  values: T,
  value: number,
): (keyof T & string) | undefined {
  return Object.keys(values).find((key) => values[key] === value);
}
