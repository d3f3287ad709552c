// Read by VitePress, which tools/docs.ts starts with the base; the pages that it made of the sources are in .pages.
const reading = [
  { text: 'What this is', link: '/' },
  { text: 'The handshake', link: '/handshake' },
  { text: 'Twelve questions', link: '/questions' },
];
const using = [
  { text: 'How to embed', link: '/embed' },
  { text: 'As a package', link: '/package' },
  { text: 'Hosting', link: '/hosting' },
];
const building = [
  { text: 'How to read the code', link: '/reading' },
  { text: 'Write a scenario', link: '/scenario' },
  { text: 'Contributing', link: '/contributing' },
  { text: 'Decisions', link: '/decisions/' },
  { text: 'Fidelity', link: '/fidelity' },
];

export default {
  title: 'RingScope',
  description: 'How two Xen domains come to share I/O rings, step by step, with figures that run.',
  lang: 'en',
  srcDir: '.pages',
  // A plain file server knows nothing of addresses without .html.
  cleanUrls: false,
  // RingScope itself is put beside the pages afterwards; tools/docs/links.ts looks at every link then.
  ignoreDeadLinks: [/\/ringscope\//, /\/code\/.*\.json$/],
  /** @param {{ siteData: { base: string } }} context */
  transformHead: ({ siteData }) => [
    ['link', { rel: 'icon', href: 'data:,' }],
    ['script', { src: `${siteData.base}ringscope/embed.js`, defer: '' }],
  ],
  themeConfig: {
    sidebar: [
      { text: 'Sharing rings', items: reading },
      { text: 'In your page', items: using },
      { text: 'Inside', items: building },
    ],
    nav: [{ text: 'Open RingScope', link: '/ringscope/index.html', target: '_self' }],
    outline: { level: [2, 3], label: 'On this page' },
    aside: false,
    search: { provider: 'local' },
    docFooter: { prev: 'Before', next: 'Next' },
  },
};
