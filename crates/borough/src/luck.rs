//! Chance that always falls the same way: a stream of numbers for each matter, from one recorded seed.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// The seed of everything in the borough that could have been otherwise: 2 October 2025, day first.
pub const SEED: u64 = 2_102_025;

/// The chance of one matter. Its numbers do not change when another matter asks for more of them.
#[derive(Debug)]
pub struct Luck(ChaCha8Rng);

impl Luck {
    /// The chance of this matter, such as `answers 2025-Q4 LK-20431`.
    pub fn of(matter: &str) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(SEED);
        rng.set_stream(stream(matter));
        Self(rng)
    }

    /// A number from 0 up to and without `end`; 0 where there is none.
    pub fn below(&mut self, end: u32) -> u32 {
        self.0.next_u32().checked_rem(end).unwrap_or(0)
    }

    /// A number from the first to the last, both included.
    pub fn between(&mut self, first: u32, last: u32) -> u32 {
        first + self.below(last.saturating_sub(first) + 1)
    }

    /// True so many times in a hundred.
    pub fn percent(&mut self, of_a_hundred: u32) -> bool {
        self.below(100) < of_a_hundred
    }

    /// One of these; none where there are none.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        let index = self.below(u32::try_from(from.len()).unwrap_or(u32::MAX));
        from.get(usize::try_from(index).ok()?)
    }

    /// As many hexadecimal digits as a SHA-256 has.
    pub fn digest(&mut self) -> String {
        let mut next = || self.0.next_u64();
        format!("{:016x}{:016x}{:016x}{:016x}", next(), next(), next(), next())
    }
}

/// A number for a matter: FNV-1a, which is short and the same everywhere.
fn stream(matter: &str) -> u64 {
    matter.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
