//! What an audit is, what may happen next, and how results are counted.
