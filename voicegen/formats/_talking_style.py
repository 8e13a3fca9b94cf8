"""The look of talking books in players that show their text (CSS 2.1, and nothing that needs a newer one)."""

STYLE = """\
body { font-family: sans-serif; font-size: 120%; line-height: 1.5; margin: 1em; }
a { color: inherit; text-decoration: none; }
table { border-collapse: collapse; }
th, td { border: 1px solid; padding: 0.3em 0.6em; text-align: inherit; vertical-align: top; }
pl > li { list-style-type: none; }
div.emergency, div.urgent, div.warning { border: 3px solid; padding: 0.5em 1em; }
div.non-urgent, div.note { border: 1px solid; padding: 0.5em 1em; }
.heading, .label, .summary, hd { font-weight: bold; }
.said { font-style: italic; }
"""
