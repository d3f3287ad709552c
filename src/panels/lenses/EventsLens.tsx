/** Written next. */
export function EventsLens() {
  return <p>Events</p>;
}
