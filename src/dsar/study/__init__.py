"""Counting cases: the coding scheme, agreement between coders, the statistics of a campaign, its charts and its page.

It reads computed facts (`core.casefacts`) and codings, and knows no vault, no letter and no terminal.
"""
