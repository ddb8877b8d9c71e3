"""The charts of a report, drawn by matplotlib from tables: as SVG with text as text, and as PNG."""
