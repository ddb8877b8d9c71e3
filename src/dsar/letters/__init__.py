"""Letters as files: find, read, check and fill them. Knows Jinja and front matter, and no language."""
