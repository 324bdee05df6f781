//! Numbers that look random and are the same on every machine: xorshift64*, seeded by a canvas's
//! number. Nothing here needs better ones, and a crate's may change with its version.

/// A stream of numbers.
pub struct Random(u64);

impl Random {
    /// The stream of a canvas. One canvas has several, for choices that must not depend on each
    /// other.
    pub fn new(number: u32, stream: u64) -> Self {
        // Neighbouring seeds give neighbouring first numbers, so the seed is spread out (splitmix64).
        let mut seed = (u64::from(number) << 8 | stream).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        seed = (seed ^ (seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        seed = (seed ^ (seed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        // The one state that yields nothing but itself.
        Self((seed ^ (seed >> 31)).max(1))
    }

    /// A number below a bound that is not zero.
    pub fn below(&mut self, bound: u32) -> u32 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let number = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 32;
        // The bound has 32 bits, and so has the product's upper half.
        u32::try_from((number * u64::from(bound)) >> 32).unwrap_or(0)
    }

    /// One item of a list that is not empty.
    pub fn of<'i, T>(&mut self, items: &'i [T]) -> &'i T {
        &items[self.place(items.len())]
    }

    /// Returns `count` different items of a list that has as many.
    pub fn some<'i, T>(&mut self, items: &'i [T], count: usize) -> Vec<&'i T> {
        let mut left: Vec<&T> = items.iter().collect();
        (0..count).map(|_| left.swap_remove(self.place(left.len()))).collect()
    }

    /// A place in a list of this length.
    fn place(&mut self, length: usize) -> usize {
        let bound = u32::try_from(length).expect("the lists of the generator are short");
        usize::try_from(self.below(bound)).expect("it is below the length")
    }
}
