"""The dossier on paper: one combined PDF, one file a piece, the untouched originals, and a manifest to check them by.

`bind` makes the files, `verify` checks a ZIP with nothing but the ZIP. The steps in between, one a module:

1. `pieces`: the bytes of each exhibit become something to show: pages, a mail, plain text, or a slip that says why
   nothing can be shown (`sniff` tells what they are, `foreign` opens PDFs, `pictures` images; none trusts anything);
2. `layout` and `content`: dossier and pieces become plain data, and typst lays out every page of the dossier once,
   with an empty, marked frame wherever a foreign page belongs;
3. `place`: the foreign pages go into their frames as form XObjects, so that a picture of the page arrives and nothing
   that acts (scripts, links, attached files); `outline` adds bookmarks and page labels;
4. `extract` cuts one file a piece; `pack` writes manifest, sums and ZIP.
"""
