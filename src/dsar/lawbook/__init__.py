"""The law book: reads `dsar/law/*.toml` into `dsar.core.law`, knows the holidays, finds a controller."""
