(() => {
  const query = new URLSearchParams(location.search);
  if (!query.has('embed')) return;
  query.delete('embed');
  location.replace(Object.assign(new URL('embed.html', location.href), { search: query, hash: location.hash }));
})();
