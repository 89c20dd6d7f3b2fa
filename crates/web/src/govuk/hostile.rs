//! Words that would break a page if they were not escaped.

/// Long, without a place to break, and trying every way out of an attribute and of an element.
pub const HOSTILE: &str = "<script>alert(\"x\")</script>\"&'><b onmouseover='x'>ReallyVeryLongWordWithoutAnySpaceInItSuchAsAPastedReferenceOrAddress";
