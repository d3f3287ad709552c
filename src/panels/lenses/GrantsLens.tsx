/** Written next. */
export function GrantsLens() {
  return <p>Grants</p>;
}
