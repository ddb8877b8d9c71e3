"""dsar: case handling for data-protection rights, from the first letter to the dossier for the authority."""

__version__ = "0.3.0"
