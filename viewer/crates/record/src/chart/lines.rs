//! The lines from reading to reading, and a dot for each.

use chart_model::Zone;
use plotters_backend::DrawingBackend;

use super::pen::Drawn;
use super::{Drawing, signs};
use crate::content::Dot;
use crate::theme;

/// The less severe first, so that the more severe lie on top.
const ZONES: [Zone; 7] = [
    Zone::Green,
    Zone::NoLimit,
    Zone::Unknown,
    Zone::YellowLow,
    Zone::YellowHigh,
    Zone::RedLow,
    Zone::RedHigh,
];

impl<DB: DrawingBackend> Drawing<'_, DB> {
    /// Joins readings where no break lies between them, and ties the two numbers of a blood pressure together.
    pub(super) fn lines(&self) -> Drawn<DB> {
        if let [systolic, diastolic] = self.chart.lines.as_slice() {
            let mut lower = diastolic.iter().peekable();
            for upper in systolic {
                while lower.next_if(|dot| dot.at < upper.at).is_some() {}
                if let Some(lower) = lower.next_if(|dot| dot.at == upper.at) {
                    let ends = vec![
                        self.place(upper.at, upper.value),
                        self.place(lower.at, lower.value),
                    ];
                    self.pen.path(ends, theme::FAINT, 0.6)?;
                }
            }
        }
        for line in &self.chart.lines {
            for joined in line
                .chunk_by(|_, next| !next.is_broken)
                .filter(|dots| dots.len() > 1)
            {
                let places = joined.iter().map(|dot| self.place(dot.at, dot.value)).collect();
                self.pen.path(places, theme::LINE, 0.7)?;
            }
        }
        Ok(())
    }

    /// A dot for every reading.
    pub(super) fn dots(&self) -> Drawn<DB> {
        for line in &self.chart.lines {
            let radius = self.radius(line);
            for zone in ZONES {
                for dot in line.iter().filter(|dot| dot.zone == zone) {
                    self.dot(dot, radius)?;
                }
            }
        }
        Ok(())
    }

    fn dot(&self, dot: &Dot, radius: f64) -> Drawn<DB> {
        let (x, y) = self.place(dot.at, dot.value);
        if let Some((from, to)) = dot.whole_day {
            let least = self.pen.pixels(4.0);
            let ends = vec![
                (self.across(from).min(x - least), y),
                (self.across(to).max(x + least), y),
            ];
            self.pen.path(ends, theme::zone(dot.zone), 0.7)?;
        }
        signs::dot(&self.pen, (x, y), dot.zone, dot.method, radius)?;
        if dot.preliminary {
            signs::ring(&self.pen, (x, y), radius, dot.zone)?;
        }
        Ok(())
    }

    /// Dots shrink as they get closer, so that single ones can still be told apart.
    fn radius(&self, line: &[Dot]) -> f64 {
        let ([first, .., last], count) = (line, line.len()) else {
            return signs::LARGEST;
        };
        let room = f64::from(self.across(last.at) - self.across(first.at)) / (count - 1) as f64;
        (room / self.pen.unit * 0.5).clamp(signs::SMALLEST, signs::LARGEST)
    }
}
