//! Colours of screens: how well one can be read on another, and the nearest one that can.
//!
//! Contrast is that of WCAG 2. Nearness is judged in Oklab (Björn Ottosson, 2020), where equal steps
//! look equal and a colour keeps its hue when it is made lighter or darker.

use std::fmt;

/// A colour of sRGB: red, green and blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rgb(pub [u8; 3]);

/// A colour of Oklab.
#[derive(Clone, Copy, Debug)]
struct Oklab {
    lightness: f64,
    /// From green to red, and from blue to yellow: the direction is the hue, the length is the
    /// chroma.
    tint: [f64; 2],
}

impl Rgb {
    /// Reads `#abc` or `#aabbcc`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let pair = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
        let single = |at: usize| Some(u8::from_str_radix(digits.get(at..=at)?, 16).ok()? * 0x11);
        match digits.len() {
            3 => Some(Self([single(0)?, single(1)?, single(2)?])),
            6 => Some(Self([pair(0)?, pair(2)?, pair(4)?])),
            _ => None,
        }
    }

    /// The contrast with another colour, from 1 for the same to 21 for black and white: WCAG 2,
    /// "contrast ratio".
    pub fn contrast(self, other: Self) -> f64 {
        let (one, other) = (self.luminance(), other.luminance());
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    /// `part` of this colour over another one, as `color-mix(in srgb, …)` mixes them.
    #[must_use]
    pub fn over(self, part: f64, other: Self) -> Self {
        let mixed = |at: usize| {
            to_byte((f64::from(self.0[at]) * part + f64::from(other.0[at]) * (1.0 - part)) / 255.0)
        };
        Self([mixed(0), mixed(1), mixed(2)])
    }

    /// How different another colour looks: 0 for the same, 1 for black and white.
    pub fn difference(self, other: Self) -> f64 {
        let (one, other) = (self.oklab(), other.oklab());
        let squares = (one.lightness - other.lightness).powi(2)
            + (one.tint[0] - other.tint[0]).powi(2)
            + (one.tint[1] - other.tint[1]).powi(2);
        squares.sqrt()
    }

    /// The nearest colour that has the same hue and `fits`; this one if it does.
    pub fn nearest(self, fits: impl Fn(Self) -> bool) -> Option<Self> {
        /// The number of steps between black and white: smaller ones change no byte of a colour.
        const STEPS: u16 = 400;
        if fits(self) {
            return Some(self);
        }
        let own = self.oklab();
        (1..=STEPS).map(|step| f64::from(step) / f64::from(STEPS)).find_map(|step| {
            [own.lightness - step, own.lightness + step]
                .into_iter()
                .filter(|lightness| (0.0..=1.0).contains(lightness))
                .map(|lightness| Oklab { lightness, ..own }.to_rgb())
                .find(|colour| fits(*colour))
        })
    }

    fn luminance(self) -> f64 {
        let [red, green, blue] = self.linear();
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// The amounts of light, instead of the encoded values.
    fn linear(self) -> [f64; 3] {
        self.0.map(|byte| {
            let value = f64::from(byte) / 255.0;
            if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        })
    }

    fn oklab(self) -> Oklab {
        let [red, green, blue] = self.linear();
        let long =
            (0.412_221_470_8 * red + 0.536_332_536_3 * green + 0.051_445_992_9 * blue).cbrt();
        let medium =
            (0.211_903_498_2 * red + 0.680_699_545_1 * green + 0.107_396_956_6 * blue).cbrt();
        let short =
            (0.088_302_461_9 * red + 0.281_718_837_6 * green + 0.629_978_700_5 * blue).cbrt();
        Oklab {
            lightness: 0.210_454_255_3 * long + 0.793_617_785_0 * medium - 0.004_072_046_8 * short,
            tint: [
                1.977_998_495_1 * long - 2.428_592_205_0 * medium + 0.450_593_709_9 * short,
                0.025_904_037_1 * long + 0.782_771_766_2 * medium - 0.808_675_766_0 * short,
            ],
        }
    }
}

impl Oklab {
    /// The colour of sRGB; if a screen cannot show that much chroma, with as much as it can.
    fn to_rgb(self) -> Rgb {
        /// Each step takes a little chroma away; grey, at the end, can always be shown.
        const STEPS: u8 = 50;
        /// The error of rounding to bytes.
        const SLACK: f64 = 0.002;
        let shown = |light: &[f64; 3]| light.iter().all(|v| (-SLACK..=1.0 + SLACK).contains(v));
        let light = (0..=STEPS)
            .map(|step| 1.0 - f64::from(step) / f64::from(STEPS))
            .map(|part| Self { tint: self.tint.map(|tint| tint * part), ..self }.linear())
            .find(shown)
            .unwrap_or([self.lightness.powi(3); 3]);
        Rgb(light.map(|value| {
            let value = value.clamp(0.0, 1.0);
            let stored = if value <= 0.003_130_8 {
                value * 12.92
            } else {
                1.055 * value.powf(1.0 / 2.4) - 0.055
            };
            to_byte(stored)
        }))
    }

    fn linear(self) -> [f64; 3] {
        let Self { lightness, tint: [a, b] } = self;
        let long = (lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
        let medium = (lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
        let short = (lightness - 0.089_484_177_5 * a - 1.291_485_548_0 * b).powi(3);
        [
            4.076_741_662_1 * long - 3.307_711_591_3 * medium + 0.230_969_929_2 * short,
            -1.268_438_004_6 * long + 2.609_757_401_1 * medium - 0.341_319_396_5 * short,
            -0.004_196_086_3 * long - 0.703_418_614_7 * medium + 1.707_614_701_0 * short,
        ]
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the value is between 0 and 1"
)]
fn to_byte(value: f64) -> u8 {
    (value.clamp(0.0, 1.0) * 255.0).round() as u8
}

impl fmt::Display for Rgb {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(formatter, "#{red:02x}{green:02x}{blue:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rgb(text: &str) -> Rgb {
        Rgb::parse(text).unwrap_or_else(|| panic!("{text}"))
    }

    #[test]
    fn colours_have_three_or_six_digits() {
        assert_eq!(rgb("#2465C9").to_string(), "#2465c9");
        assert_eq!(rgb("#fa0").to_string(), "#ffaa00");
        for wrong in ["", "#", "2465c9", "#2465c", "#2465c9ff", "#+12", "#ggg", "red", "#é12"] {
            assert_eq!(Rgb::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        let contrast = |one: &str, other: &str| (rgb(one).contrast(rgb(other)) * 100.0).round();
        assert_eq!(contrast("#000", "#fff"), 2100.0);
        assert_eq!(contrast("#777", "#fff"), 448.0, "the well-known grey that just fails");
        assert_eq!(contrast("#fff", "#767676"), 454.0, "and the one that just passes");
        assert_eq!(contrast("#123456", "#123456"), 100.0);
    }

    #[test]
    fn mixing_is_that_of_css() {
        assert_eq!(rgb("#000").over(0.08, rgb("#fff")), rgb("#ebebeb"));
        assert_eq!(rgb("#f00").over(0.5, rgb("#00f")), rgb("#800080"));
    }

    #[test]
    fn oklab_leads_back_to_every_colour() {
        for red in (0..=255).step_by(17) {
            for green in (0..=255).step_by(17) {
                for blue in (0..=255).step_by(17) {
                    let colour = Rgb([red, green, blue]);
                    assert_eq!(colour.oklab().to_rgb(), colour);
                }
            }
        }
        assert!((rgb("#000").difference(rgb("#fff")) - 1.0).abs() < 1e-6);
    }

    #[test]
    fn the_nearest_colour_that_reads_keeps_its_hue() {
        let reads_on =
            |surface: &'static str| move |colour: Rgb| colour.contrast(rgb(surface)) >= 4.5;
        let hue = |colour: Rgb| {
            let [a, b] = colour.oklab().tint;
            b.atan2(a).to_degrees()
        };
        for (colour, surface) in
            [("#ffcc00", "#fff"), ("#2465c9", "#1b1e23"), ("#0f0", "#fff"), ("#00f", "#131518")]
        {
            let found = rgb(colour).nearest(reads_on(surface)).expect("one reads");
            let contrast = found.contrast(rgb(surface));
            assert!((4.5..4.7).contains(&contrast), "{colour}: {found} has {contrast}");
            assert!((hue(found) - hue(rgb(colour))).abs() < 3.0, "{colour}: {found}");
        }
        assert_eq!(rgb("#2465c9").nearest(reads_on("#fff")), Some(rgb("#2465c9")));
        assert_eq!(rgb("#2465c9").nearest(|_| false), None);
    }
}
