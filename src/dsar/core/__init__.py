"""The pure core: facts, the fold, terms and deadlines, breaches, exhibits. Standard library and dateutil only."""
