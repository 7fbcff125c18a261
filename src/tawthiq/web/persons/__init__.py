"""Person files as pages show them: under a pseudonym, with identities shown only after a reason was given."""
