"""The store behind a practice: its schema, one transaction at a time, history, backups, erasure."""
