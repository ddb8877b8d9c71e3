"""Mails as files: read into a view that never fails, whatever the bytes are."""
