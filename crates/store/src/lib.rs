//! Keeps it, in SQLite or PostgreSQL, and remembers who changed what.
