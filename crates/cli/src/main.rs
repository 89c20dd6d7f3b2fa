//! The program: reads its settings, joins the parts, opens the door.
fn main() {}
