/**
 * The functions of a stack as people know them, each with its depth: where a function is modelled in parts of one name that
 * call each other, the innermost of them stands for all.
 */
export function namedStack<Entry extends { readonly shown: string }>(
  stack: readonly Entry[],
): { entry: Entry; depth: number }[] {
  return stack
    .map((entry, depth) => ({ entry, depth }))
    .filter(({ entry, depth }) => stack[depth + 1]?.shown !== entry.shown);
}
