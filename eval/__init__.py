"""Quality figures on frozen corpora, and the floors that CI holds."""
