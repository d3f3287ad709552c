import starlight from '@astrojs/starlight';
import { defineConfig } from 'astro/config';

export default defineConfig({
  integrations: [
    starlight({
      title: 'Example',
      head: [{ tag: 'script', attrs: { src: 'https://example.org/ringscope/embed.js', defer: true } }],
    }),
  ],
});
