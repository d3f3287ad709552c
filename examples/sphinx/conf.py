import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / '_ext'))

project = 'Example'
extensions = ['ringscope']
html_theme = 'sphinx_rtd_theme'
exclude_patterns = ['README.md', '_build']

# Where RingScope is.
ringscope_address = 'https://example.org/ringscope/'
