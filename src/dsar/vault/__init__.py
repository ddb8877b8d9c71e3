"""The vault: one encrypted file that is the whole archive. `dsar.vault.vault` is what the desk calls."""
