// Links from before the frame had a page of its own ask the whole page for it: index.html?embed. A classic script, since a
// sandboxed frame runs no other from a plain file server.
(() => {
  const query = new URLSearchParams(location.search);
  if (!query.has('embed')) return;
  query.delete('embed');
  const address = new URL('embed.html', location.href);
  address.search = query.toString();
  address.hash = location.hash;
  location.replace(address);
})();
