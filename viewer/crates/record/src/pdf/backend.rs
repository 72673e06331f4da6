//! A backend of plotters that writes the content of a PDF page. A pixel is a hundredth of a point, so that what
//! plotters snaps to whole pixels is exact on paper. Writes no structure: it draws inside a marked sequence.

use std::convert::Infallible;

use pdf_writer::Content;
use pdf_writer::types::{LineCapStyle, LineJoinStyle};
use plotters::drawing::DrawingAreaErrorKind;
use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};

use super::text::{self, Used};
use crate::font;

/// Pixels in a point.
pub(super) const UNIT: f64 = 100.0;

/// Draws on a part of a page.
pub(super) struct Backend<'a> {
    content: &'a mut Content,
    used: &'a mut Used,
    size: (u32, u32),
    fill: Option<(u8, u8, u8)>,
    stroke: Option<(u8, u8, u8)>,
    width: Option<u32>,
}

type Done = Result<(), DrawingErrorKind<Infallible>>;

/// Takes note that drawing on a page cannot fail: it is written to memory, by one hand at a time.
pub(super) fn cannot_fail(_: Result<(), DrawingAreaErrorKind<Infallible>>) {}

impl<'a> Backend<'a> {
    /// On a part whose upper left corner lies at `corner`, of this size; both in points, from the page's lower left.
    pub(super) fn new(
        content: &'a mut Content,
        used: &'a mut Used,
        (x, y): (f32, f32),
        (width, height): (f32, f32),
    ) -> Self {
        let scale = 1.0 / UNIT as f32;
        content.save_state();
        content.transform([scale, 0.0, 0.0, -scale, x, y]);
        content.set_line_cap(LineCapStyle::RoundCap);
        content.set_line_join(LineJoinStyle::RoundJoin);
        let pixels = |points: f32| (f64::from(points) * UNIT) as u32;
        Self {
            content,
            used,
            size: (pixels(width), pixels(height)),
            fill: None,
            stroke: None,
            width: None,
        }
    }

    fn fill_with(&mut self, colour: BackendColor) {
        if self.fill.replace(colour.rgb) != Some(colour.rgb) {
            text::fill(self.content, colour.rgb);
        }
    }

    fn stroke_with(&mut self, colour: BackendColor, width: u32) {
        if self.stroke.replace(colour.rgb) != Some(colour.rgb) {
            let [red, green, blue] = text::shares(colour.rgb);
            self.content.set_stroke_rgb(red, green, blue);
        }
        if self.width.replace(width) != Some(width) {
            self.content.set_line_width(width as f32);
        }
    }

    /// Adds a path and tells whether there was any of it.
    fn path(&mut self, places: impl IntoIterator<Item = BackendCoord>) -> bool {
        let mut places = places.into_iter();
        let Some((x, y)) = places.next() else { return false };
        self.content.move_to(x as f32, y as f32);
        for (x, y) in places {
            self.content.line_to(x as f32, y as f32);
        }
        true
    }
}

impl Drop for Backend<'_> {
    fn drop(&mut self) {
        self.content.restore_state();
    }
}

impl DrawingBackend for Backend<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Done {
        Ok(())
    }

    fn present(&mut self) -> Done {
        Ok(())
    }

    fn draw_pixel(&mut self, at: BackendCoord, colour: BackendColor) -> Done {
        self.draw_rect(
            at,
            (at.0.saturating_add(1), at.1.saturating_add(1)),
            &colour,
            true,
        )
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Done {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Done {
        let (x, y) = (from.0 as f32, from.1 as f32);
        let (width, height) = (to.0 as f32 - x, to.1 as f32 - y);
        if fill {
            self.fill_with(style.color());
            self.content.rect(x, y, width, height).fill_nonzero();
        } else {
            self.stroke_with(style.color(), style.stroke_width());
            self.content.rect(x, y, width, height).stroke();
        }
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Done {
        self.stroke_with(style.color(), style.stroke_width());
        if self.path(path) {
            self.content.stroke();
        }
        Ok(())
    }

    /// A filled one is a line that goes nowhere, with round ends: a fifth of the bytes of four curves. It is given a
    /// hundredth of a point, since some readers drop lines without any length.
    fn draw_circle<S: BackendStyle>(
        &mut self,
        (x, y): BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Done {
        if fill {
            self.stroke_with(style.color(), radius.saturating_mul(2));
            self.path([(x, y), (x.saturating_add(1), y)]);
        } else {
            self.stroke_with(style.color(), style.stroke_width());
            let (x, y, radius) = (x as f32, y as f32, radius as f32);
            let arm = radius * 0.552;
            self.content.move_to(x + radius, y);
            let corners = [(1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0), (1.0, 0.0)];
            for pair in corners.windows(2) {
                let [(from_x, from_y), (to_x, to_y)] = pair else {
                    continue;
                };
                self.content.cubic_to(
                    x + from_x * radius + to_x * arm,
                    y + from_y * radius + to_y * arm,
                    x + to_x * radius + from_x * arm,
                    y + to_y * radius + from_y * arm,
                    x + to_x * radius,
                    y + to_y * radius,
                );
            }
        }
        self.content.stroke();
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        corners: I,
        style: &S,
    ) -> Done {
        self.fill_with(style.color());
        if self.path(corners) {
            self.content.fill_nonzero();
        }
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, (x, y): BackendCoord) -> Done {
        let size = style.size() as f32;
        let anchor = style.anchor();
        let width = font::width(text, size);
        let x = x as f32
            - match anchor.h_pos {
                HPos::Left => 0.0,
                HPos::Center => width / 2.0,
                HPos::Right => width,
            };
        let baseline = y as f32
            + size
                * match anchor.v_pos {
                    VPos::Top => 0.78,
                    VPos::Center => 0.355,
                    VPos::Bottom => -0.2,
                };
        self.fill_with(style.color());
        text::show(
            self.content,
            self.used,
            text,
            size,
            [1.0, 0.0, 0.0, -1.0, x, baseline],
        );
        Ok(())
    }
}
