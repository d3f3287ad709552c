/** Written next. */
export function RingsLens() {
  return <p>Rings</p>;
}
