"""The dossier on paper: one combined PDF, its parts, one file a piece, the untouched originals, and a manifest.

`bind` makes the files, `verify` checks a ZIP with nothing but the ZIP (`seams`: no byte that no list names). The steps
in between, one a module; exhibits go from file to file, so that memory does not grow with them:

1. `gather` reads the exhibits into the ZIP and takes mails apart; `show` makes of each what can be shown: a layer of
   pages (`foreign` opens PDFs, `pictures` images, `helpers` asks other programs, `redact` blacks out), words, or a slip
   that says why nothing can be; none trusts anything;
2. `place` draws each page from outside into its frame as a form XObject, so that a picture of the page arrives and
   nothing that acts (scripts, links, attached files); `flow` lays out mails, texts and slips as such layers too;
3. `plan` numbers all pages before anything of the dossier is laid out, `parts` says where it is split; `layout` is the
   plain data of front, index and stamps, which typst lays out;
4. `assemble` and `compose` put layers on pages and write each document, with the links, bookmarks and labels of
   `outline`; `pack` writes them into the ZIP at once.
"""
