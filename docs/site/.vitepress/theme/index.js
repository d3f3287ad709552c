// No fonts of its own and none from elsewhere: the reader's system font, as in RingScope.
import Theme from 'vitepress/theme-without-fonts';
import LiveFigure from './LiveFigure.vue';
import './style.css';

export default {
  extends: Theme,
  enhanceApp({ app }) {
    app.component('LiveFigure', LiveFigure);
  },
};
