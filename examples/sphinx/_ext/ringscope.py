"""The directive ``ring-scope``: a step of RingScope in a frame. Other formats than HTML get what they make of a link."""

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective


class ring_scope(nodes.reference):
    """A link that the script of RingScope turns into a frame; its base class is how other formats write it."""


class RingScope(SphinxDirective):
    """The step is the argument, as in the address of RingScope from the ``#`` on; the text of the link is the content."""

    required_arguments = 1
    has_content = True
    option_spec = {'options': directives.unchanged}

    def run(self):
        self.assert_has_content()
        address = self.config.ringscope_address + directives.uri(self.arguments[0])
        link = ring_scope(refuri=address, options=self.options.get('options', ''))
        words, messages = self.state.inline_text(' '.join(self.content), self.lineno)
        link.extend(words)
        return [nodes.paragraph('', '', link), *messages]


def visit_ring_scope(translator, node):
    translator.body.append(
        translator.starttag(node, 'a', '', href=node['refuri'], **{'data-ring-scope': node['options']})
    )


def depart_ring_scope(translator, node):
    translator.body.append('</a>')


def add_script(app, config):
    app.add_js_file(config.ringscope_address + 'embed.js', defer='defer')


def setup(app):
    app.add_config_value('ringscope_address', 'https://example.org/ringscope/', 'html')
    app.add_node(ring_scope, html=(visit_ring_scope, depart_ring_scope))
    app.add_directive('ring-scope', RingScope)
    app.connect('config-inited', add_script)
    return {'parallel_read_safe': True, 'parallel_write_safe': True}
