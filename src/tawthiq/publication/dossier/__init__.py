"""The dossier of an incident: one document for a court's analyst, as HTML and as PDF."""
