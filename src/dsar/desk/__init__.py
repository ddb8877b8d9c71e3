"""The desk: what a case worker does with a vault. The command line, and later others, call only this."""
