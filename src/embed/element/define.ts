/** ring-scope.js in a page: defines <ring-scope>. The code lies where this script came from. */
import { RingScopeElement } from './element.ts';

const { script } = globalThis.ringscopeFrame;
RingScopeElement.scripts = { first: script, more: new URL('ring-scope-more.js', script).href };
RingScopeElement.home = new URL('./', script).href;
if (customElements.get('ring-scope') === undefined) customElements.define('ring-scope', RingScopeElement);
