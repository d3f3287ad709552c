/** Written next. */
export function MemoryLens() {
  return <p>Memory</p>;
}
