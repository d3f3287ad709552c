/** Links from before the frame had a page of its own ask this one for it, with `?embed`. @returns whether it leads there */
export function leadToFrame(): boolean {
  const query = new URLSearchParams(location.search);
  if (!query.has('embed')) return false;
  query.delete('embed');
  const frame = new URL('embed.html', location.href);
  frame.search = query.toString();
  frame.hash = location.hash;
  location.replace(frame);
  return true;
}
