//! Hides small counts so that nobody can work them out again, and attacks what is left.
