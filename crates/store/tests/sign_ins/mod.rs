//! Signing in, as the database keeps it: tries that every server counts, codes and passkeys that open once.

mod doors;
mod ends;
mod once;
mod tries;
