"""The model case, replayed as a reconstruction with made-up parties, through the functions that the command line calls.

`replay` is the door; `stage` sets up the throw-away vault, `story` plays the case day by day, `mails`, `drawings` and
`sheets` make what the post brings, `published` sets the published facts beside it, `page` says it all on one page.
"""
