//! Whether a photo of a document is likely to be refused for how it looks.
//!
//! Both answers are warnings: the person sees the photo and decides.

use crate::picture::Picture;

/// Measured on a copy of this size, so that the numbers mean the same for every camera.
const SIDE: u32 = 1000;
/// Side of the tiles in which light and edges are looked at.
const TILE: u32 = 20;
/// Of the tiles that hold any writing, this share looks at their strongest edges.
const SHARPEST: usize = 10;
/// An edge of printed letters jumps by more than this from pixel to pixel; a blurred one creeps. Measured on printed
/// pages of 300 dpi: 102 to 114 where ten-point type is just readable, 70 to 100 where it no longer is.
const SHARP_EDGE: u32 = 105;
/// Writing has dark and light this close together; less is noise and shade.
const CONTRAST: u8 = 40;
/// From here a tile is burnt out.
const BURNT: u8 = 250;
/// Thousandths of the picture that are burnt out when it glares.
const GLARE: usize = 15;
/// A scan is as white as this all over: white there is paper, not light.
const PAPER: u8 = 225;

/// What was measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Looks {
    /// The jump of the strongest edges, 0 to 255; `None` where there is no writing to judge by.
    pub edge: Option<u32>,
    /// Thousandths of the picture that are burnt out.
    pub burnt: usize,
    /// The median brightness.
    pub median: u8,
}

impl Looks {
    pub fn of(picture: &Picture) -> Looks {
        let small = picture.within(SIDE);
        let (mut edges, mut burnt, mut tiles) = (Vec::new(), 0, 0);
        let mut brightness = [0u32; 256];
        for top in (0..small.height()).step_by(TILE as usize) {
            for left in (0..small.width()).step_by(TILE as usize) {
                let (mut low, mut high, mut jump) = (255, 0, 0);
                for y in top..(top + TILE).min(small.height()) {
                    for x in left..(left + TILE).min(small.width()) {
                        let here = small.luma(x, y);
                        brightness[usize::from(here)] += 1;
                        (low, high) = (low.min(here), high.max(here));
                        if x + 1 < small.width() {
                            jump = jump.max(u32::from(here.abs_diff(small.luma(x + 1, y))));
                        }
                        if y + 1 < small.height() {
                            jump = jump.max(u32::from(here.abs_diff(small.luma(x, y + 1))));
                        }
                    }
                }
                tiles += 1;
                burnt += usize::from(low >= BURNT);
                if high.abs_diff(low) > CONTRAST {
                    edges.push(jump * 255 / u32::from(high - low));
                }
            }
        }
        edges.sort_unstable();
        let edge = edges.len().checked_sub(1 + edges.len() / SHARPEST).and_then(|n| edges.get(n)).copied();
        Looks { edge, burnt: burnt * 1000 / tiles.max(1), median: median(&brightness) }
    }

    pub fn is_blurred(&self) -> bool {
        self.edge.is_some_and(|edge| edge < SHARP_EDGE)
    }

    pub fn is_glaring(&self) -> bool {
        self.burnt >= GLARE && self.median < PAPER
    }
}

fn median(brightness: &[u32; 256]) -> u8 {
    let half = brightness.iter().sum::<u32>() / 2;
    let mut sum = 0;
    let at = brightness.iter().position(|count| {
        sum += count;
        sum > half
    });
    at.and_then(|at| u8::try_from(at).ok()).unwrap_or(255)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A grey sheet with rows of strokes, as print looks from afar.
    fn sheet(paper: u8, ink: u8) -> Picture {
        let (width, height) = (800, 600);
        let dark = |x: u32, y: u32| y % 30 < 12 && x % 7 < 3 && x > 60 && x < 740;
        let tone = move |x, y| if dark(x, y) { ink } else { paper };
        Picture::new((0..height).flat_map(|y| (0..width).flat_map(move |x| [tone(x, y); 3])).collect(), width, height)
    }

    /// Every pixel the mean of its neighbourhood.
    fn blurred(picture: &Picture, radius: i64) -> Picture {
        let (w, h) = (i64::from(picture.width()), i64::from(picture.height()));
        let mean = |x: i64, y: i64| {
            let near = (-radius..=radius).flat_map(|dy| (-radius..=radius).map(move |dx| (x + dx, y + dy)));
            let tones: Vec<u32> = near
                .map(|(x, y)| u32::from(picture.luma(x.clamp(0, w - 1) as u32, y.clamp(0, h - 1) as u32)))
                .collect();
            (tones.iter().sum::<u32>() / tones.len() as u32) as u8
        };
        let mean = &mean;
        let rgb = (0..h).flat_map(|y| (0..w).flat_map(move |x| [mean(x, y); 3])).collect();
        Picture::new(rgb, picture.width(), picture.height())
    }

    fn with_light(picture: &Picture) -> Picture {
        let mut rgba = picture.rgba();
        for y in 100..250u32 {
            for x in 300..520u32 {
                let at = ((y * picture.width() + x) * 4) as usize;
                rgba[at..at + 3].fill(255);
            }
        }
        Picture::from_rgba(&rgba, picture.width(), picture.height())
    }

    #[test]
    fn a_sharp_photo_and_a_white_scan_are_fine() {
        for good in [sheet(190, 40), sheet(255, 0), sheet(150, 30)] {
            let looks = Looks::of(&good);
            assert!(!looks.is_blurred() && !looks.is_glaring(), "{looks:?}");
        }
    }

    #[test]
    fn a_shaken_photo_is_noticed() {
        // Strokes of three pixels, smeared over nine: what is left are long soft edges.
        let wide = |x: u32, y: u32| if (y / 40).is_multiple_of(2) && x > 60 { 40u8 } else { 190 };
        let rgb = (0..600).flat_map(|y| (0..800).flat_map(move |x| [wide(x, y); 3])).collect();
        let looks = Looks::of(&blurred(&Picture::new(rgb, 800, 600), 4));
        assert!(looks.is_blurred(), "{looks:?}");
    }

    #[test]
    fn light_on_a_page_is_noticed_and_an_empty_page_is_not_judged() {
        let looks = Looks::of(&with_light(&sheet(190, 40)));
        assert!(looks.is_glaring() && !looks.is_blurred(), "{looks:?}");
        let empty = Looks::of(&Picture::new(vec![180; 300 * 200 * 3], 300, 200));
        assert_eq!((empty.edge, empty.burnt), (None, 0));
        assert!(!Looks::of(&Picture::from_rgba(&[], 0, 0)).is_blurred());
    }
}
