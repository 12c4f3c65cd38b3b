//! Numbers, names and places of people who do not exist: the same for the same plan.

use crate::fill::Filling;
use domain::applications::Number;
use server::reference::Reference;

/// Some names are many people's: the n-th in this list is borne by every (7 + 4 n)-th citizen.
pub const NAMES: &[&str] = &["Иванова", "Смирнов", "Кузнецова", "Попов", "Васильева", "Петров", "Соколова", "Михайлов"];

/// splitmix64: the same installation for the same plan.
pub struct Dice(pub u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, n: u64) -> u64 {
        self.roll() % n.max(1)
    }

    /// Small numbers are likelier: towns are not alike.
    pub fn lean(&mut self, n: usize) -> usize {
        let share = self.below(1 << 20) as f64 / f64::from(1 << 20);
        (share * share * share * n as f64) as usize
    }
}

/// The n-th number, all different.
pub fn number(n: u64) -> String {
    const SPACE: u64 = 17u64.pow(7);
    let mut left = n.wrapping_mul(48_271) % SPACE;
    let signs = [(); 7].map(|()| {
        let sign = (left % 17) as u8;
        left /= 17;
        sign
    });
    Number::new(2026, signs).as_str().to_owned()
}

pub fn last_name(n: u64) -> String {
    let common = NAMES.iter().enumerate().find(|(i, _)| n.is_multiple_of(7 + 4 * *i as u64));
    common.map_or_else(|| format!("Фамильина{}", letters(n)), |(_, name)| (*name).to_owned())
}

fn letters(mut n: u64) -> String {
    let mut text = String::new();
    while n > 0 {
        text.push(char::from_u32(0x430 + (n % 32) as u32).unwrap_or('а'));
        n /= 32;
    }
    text
}

/// Where people live: offices that serve visitors, the larger towns first as far as the dice know.
pub fn places() -> Filling<Vec<(String, String)>> {
    let reference = Reference::load()?;
    let all = (101_000..694_999).filter_map(|index| reference.postcode(&format!("{index}")));
    let mut found: Vec<_> = all.filter(|o| o.kind.serves_visitors()).map(|o| (o.index, o.region_code)).collect();
    let mut dice = Dice(1);
    // A shuffle: else the capital's indices, which come first, would have it all.
    for i in (1..found.len()).rev() {
        found.swap(i, dice.below(i as u64 + 1) as usize);
    }
    Ok(found)
}
