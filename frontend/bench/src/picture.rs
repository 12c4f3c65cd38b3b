//! Pixels, and what is done to them.

use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, ImageEncoder};

/// A picture of three bytes a pixel.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    width: u32,
    height: u32,
    rgb: Vec<u8>,
}

/// No side may be cropped to less than this many thousandths.
const LEAST: u32 = 100;
/// Tried one after the other; below the last, the picture is made smaller instead: artefacts eat letters.
const QUALITIES: [u8; 3] = [88, 78, 66];

impl Picture {
    /// Missing pixels are white, so that no input panics.
    pub fn from_rgba(rgba: &[u8], width: u32, height: u32) -> Picture {
        let mut rgb = Vec::with_capacity(rgba.len() / 4 * 3);
        for pixel in rgba.chunks_exact(4) {
            let alpha = u32::from(pixel[3]);
            let over_white = |c: u8| u8::try_from((u32::from(c) * alpha + 255 * (255 - alpha)) / 255).unwrap_or(255);
            rgb.extend(pixel[..3].iter().map(|c| over_white(*c)));
        }
        Picture::new(rgb, width, height)
    }

    pub fn new(mut rgb: Vec<u8>, width: u32, height: u32) -> Picture {
        rgb.resize(width as usize * height as usize * 3, 255);
        Picture { width, height, rgb }
    }

    pub fn width(&self) -> u32 {
        self.width
    }
    pub fn height(&self) -> u32 {
        self.height
    }

    pub fn rgba(&self) -> Vec<u8> {
        self.rgb.chunks_exact(3).flat_map(|p| [p[0], p[1], p[2], 255]).collect()
    }

    fn pixel(&self, x: u32, y: u32) -> [u8; 3] {
        let at = (y as usize * self.width as usize + x as usize) * 3;
        [self.rgb[at], self.rgb[at + 1], self.rgb[at + 2]]
    }

    /// Brightness of a pixel, 0 to 255 (ITU-R BT.601).
    pub fn luma(&self, x: u32, y: u32) -> u8 {
        let [r, g, b] = self.pixel(x, y).map(u32::from);
        u8::try_from((299 * r + 587 * g + 114 * b) / 1000).unwrap_or(255)
    }

    /// Turned clockwise by quarters.
    pub fn turned(&self, quarters: u32) -> Picture {
        let (w, h) = (self.width, self.height);
        let (width, height) = if quarters % 2 == 1 { (h, w) } else { (w, h) };
        self.remade(width, height, |x, y| match quarters % 4 {
            1 => (y, h - 1 - x),
            2 => (w - 1 - x, h - 1 - y),
            3 => (w - 1 - y, x),
            _ => (x, y),
        })
    }

    /// Without so many thousandths of each side; something always remains.
    pub fn cropped(&self, left: u32, top: u32, right: u32, bottom: u32) -> Picture {
        let cut = |one: u32, other: u32, length: u32| {
            let one = one.min(1000 - LEAST);
            let other = other.min(1000 - LEAST - one);
            let at = |part: u32| u32::try_from(u64::from(length) * u64::from(part) / 1000).unwrap_or(0);
            (at(one), (length - at(one) - at(other)).max(1))
        };
        let ((x0, width), (y0, height)) = (cut(left, right, self.width), cut(top, bottom, self.height));
        self.remade(width, height, |x, y| ((x + x0).min(self.width - 1), (y + y0).min(self.height - 1)))
    }

    fn remade(&self, width: u32, height: u32, from: impl Fn(u32, u32) -> (u32, u32)) -> Picture {
        if self.width == 0 || self.height == 0 {
            return self.clone();
        }
        let mut rgb = Vec::with_capacity(width as usize * height as usize * 3);
        for y in 0..height {
            for x in 0..width {
                let (x, y) = from(x, y);
                rgb.extend(self.pixel(x, y));
            }
        }
        Picture { width, height, rgb }
    }

    /// No side longer than `side`: each new pixel is the mean of those it covers, which keeps thin letters.
    pub fn within(&self, side: u32) -> Picture {
        let longest = self.width.max(self.height);
        if longest <= side || side == 0 {
            return self.clone();
        }
        let scaled =
            |length: u32| u32::try_from(u64::from(length) * u64::from(side) / u64::from(longest)).unwrap_or(1).max(1);
        let (width, height) = (scaled(self.width), scaled(self.height));
        let span = |n: u32, new: u32, old: u32| {
            let at = |n: u32| u32::try_from(u64::from(n) * u64::from(old) / u64::from(new)).unwrap_or(0);
            at(n)..at(n + 1).max(at(n) + 1).min(old)
        };
        let mut rgb = Vec::with_capacity(width as usize * height as usize * 3);
        for y in 0..height {
            for x in 0..width {
                let (mut sum, mut count) = ([0u32; 3], 0);
                for old_y in span(y, height, self.height) {
                    for old_x in span(x, width, self.width) {
                        for (sum, c) in sum.iter_mut().zip(self.pixel(old_x, old_y)) {
                            *sum += u32::from(c);
                        }
                        count += 1;
                    }
                }
                rgb.extend(sum.map(|s| u8::try_from(s / count.max(1)).unwrap_or(255)));
            }
        }
        Picture { width, height, rgb }
    }

    /// As JPG of at most `limit` bytes.
    pub fn jpeg(&self, limit: usize) -> Vec<u8> {
        let mut picture = self.clone();
        loop {
            for quality in QUALITIES {
                let written = picture.written(quality);
                if !written.is_empty() && written.len() <= limit {
                    return written;
                }
            }
            let longest = picture.width.max(picture.height);
            if longest < 64 {
                return Vec::new();
            }
            picture = picture.within(longest * 4 / 5);
        }
    }

    fn written(&self, quality: u8) -> Vec<u8> {
        let mut bytes = Vec::new();
        let encoder = JpegEncoder::new_with_quality(&mut bytes, quality);
        match encoder.write_image(&self.rgb, self.width, self.height, ExtendedColorType::Rgb8) {
            Ok(()) => bytes,
            Err(_) => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each pixel tells where it was.
    fn map(width: u32, height: u32) -> Picture {
        let rgb = (0..height).flat_map(|y| (0..width).flat_map(move |x| [x as u8, y as u8, 7])).collect();
        Picture::new(rgb, width, height)
    }

    #[test]
    fn four_quarters_are_a_whole_turn() {
        let picture = map(5, 3);
        let once = picture.turned(1);
        assert_eq!((once.width(), once.height()), (3, 5));
        // What was at the bottom left is now at the top left.
        assert_eq!(once.pixel(0, 0), [0, 2, 7]);
        assert_eq!(picture.turned(2).pixel(0, 0), [4, 2, 7]);
        assert_eq!(picture.turned(3).pixel(0, 0), [4, 0, 7]);
        assert!(once.turned(3) == picture && picture.turned(4) == picture);
    }

    #[test]
    fn a_crop_cuts_each_side_and_leaves_something() {
        let cropped = map(100, 50).cropped(100, 200, 300, 0);
        assert_eq!((cropped.width(), cropped.height(), cropped.pixel(0, 0)), (60, 40, [10, 10, 7]));
        let greedy = map(100, 50).cropped(1000, 1000, 1000, 1000);
        assert_eq!((greedy.width(), greedy.height()), (10, 5));
        assert_eq!(map(1, 1).cropped(900, 900, 900, 900).width(), 1);
    }

    #[test]
    fn smaller_keeps_the_shape_and_the_mean() {
        let small = map(200, 100).within(20);
        assert_eq!((small.width(), small.height()), (20, 10));
        assert_eq!(small.pixel(0, 0), [4, 4, 7]);
        assert!(map(20, 10).within(20) == map(20, 10), "what fits stays");
    }

    #[test]
    fn transparency_becomes_paper() {
        let picture = Picture::from_rgba(&[10, 20, 30, 0, 10, 20, 30, 255], 2, 1);
        assert_eq!((picture.pixel(0, 0), picture.pixel(1, 0)), ([255, 255, 255], [10, 20, 30]));
        assert_eq!(Picture::from_rgba(&[], 3, 2).rgba().len(), 24, "missing pixels are white");
    }

    #[test]
    fn a_jpg_fits_under_its_limit_and_holds_pixels_only() {
        // Noise is what packs worst.
        let mut seed = 1u32;
        let mut noise = || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 24) as u8
        };
        let picture = Picture::new((0..600 * 400 * 3).map(|_| noise()).collect(), 600, 400);
        let free = picture.jpeg(usize::MAX);
        for limit in [free.len(), 100_000, 20_000] {
            let jpeg = picture.jpeg(limit);
            assert!(!jpeg.is_empty() && jpeg.len() <= limit);
            let read = image::load_from_memory(&jpeg).unwrap();
            assert!((read.width() * 2).abs_diff(read.height() * 3) <= 6, "the shape stays");
            assert!(!jpeg.windows(4).any(|w| w == b"Exif"));
        }
        assert!(picture.jpeg(10).is_empty(), "nothing fits into nothing");
    }
}
