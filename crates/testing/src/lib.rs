//! A fictional borough, a browser without a browser, both engines.
