/** A defect of ours (never an error of the simulated world). Latched by the engine and shown with its permalink. */
export class Defect extends Error {
  override readonly name = 'Defect';
}

/** Throws a {@link Defect} unless `condition` holds. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Defect(message);
}

/** Closes an exhaustive switch: the type checker proves that it is never reached. */
export function unreachable(value: never): never {
  throw new Defect(`unreachable case: ${JSON.stringify(value)}`);
}
