//! The design system's files, as its makers publish them.
