//! The least of many keys of which a few neighbours change at a time.
//!
//! Keys stand in groups; of each group the least is a key of the level above, up to a level of one group. After a change only the
//! groups above it are compared again. A group is compared without a branch: which of its keys is the least cannot be foreseen.

/// The keys of a group.
const GROUP: usize = 8;

pub trait Key: Copy + Ord {
    /// No key, greater than all.
    const NONE: Self;
}

impl Key for u32 {
    const NONE: u32 = u32::MAX;
}

impl Key for u64 {
    const NONE: u64 = u64::MAX;
}

/// Keys at places from 0, and the least of them.
#[derive(Default)]
pub struct Least<K> {
    /// The first has the keys.
    levels: Vec<Vec<[K; GROUP]>>,
    /// The levels in use.
    height: usize,
}

impl<K: Key> Least<K> {
    /// Make room for so many keys, of which there is none.
    pub fn clear(&mut self, length: usize) {
        self.height = 0;
        let mut length = length;
        loop {
            if self.levels.len() == self.height {
                self.levels.push(Vec::new());
            }
            let groups = length.div_ceil(GROUP).max(1);
            let level = &mut self.levels[self.height];
            level.clear();
            level.resize(groups, [K::NONE; GROUP]);
            self.height += 1;
            length = groups;
            if groups == 1 {
                return;
            }
        }
    }

    /// To be followed by [`Least::compare`] or [`Least::compare_all`].
    #[inline(always)]
    pub fn set(&mut self, at: usize, key: K) {
        if let Some(groups) = self.levels.first_mut() {
            groups[at / GROUP][at % GROUP] = key;
        }
    }

    pub fn compare_all(&mut self) {
        for height in 1..self.height {
            let (below, level) = self.levels.split_at_mut(height);
            for (at, group) in below[height - 1].iter().enumerate() {
                level[0][at / GROUP][at % GROUP] = least_of(group);
            }
        }
    }

    /// After changes at these places, in order.
    #[inline(always)]
    pub fn compare(&mut self, mut places: [usize; 3]) {
        let Some((mut below, levels)) = self.levels[..self.height].split_first_mut() else {
            return;
        };
        for level in levels {
            places = places.map(|at| at / GROUP);
            let mut done = usize::MAX;
            for at in places {
                if at != done {
                    level[at / GROUP][at % GROUP] = least_of(&below[at]);
                    done = at;
                }
            }
            below = level;
        }
    }

    #[inline(always)]
    pub fn least(&self) -> K {
        match self.levels[..self.height].last().map(Vec::as_slice) {
            Some([top, ..]) => least_of(top),
            _ => K::NONE,
        }
    }
}

#[inline(always)]
fn least_of<K: Key>(group: &[K; GROUP]) -> K {
    let [a, b, c, d, e, f, g, h] = *group;
    let min = |one: K, other: K| if other < one { other } else { one };
    min(min(min(a, b), min(c, d)), min(min(e, f), min(g, h)))
}
