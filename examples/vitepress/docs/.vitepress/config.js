import { defineConfig } from 'vitepress';

export default defineConfig({
  title: 'Example',
  head: [['script', { src: 'https://example.org/ringscope/embed.js', defer: '' }]],
  themeConfig: {
    search: { provider: 'local' },
    sidebar: [
      { text: 'Mapping a ring', link: '/' },
      { text: 'Granting a page', link: '/granting' },
    ],
  },
});
