export default {
  title: 'Example',
  url: 'https://docs.example.org',
  baseUrl: '/',
  scripts: [{ src: 'https://example.org/ringscope/embed.js', defer: true }],
  presets: [['classic', { blog: false, docs: { routeBasePath: '/' } }]],
};
