//! Reads other people's files and lists what was wrong with them.
