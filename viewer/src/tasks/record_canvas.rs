//! A backend of plotters that draws on a canvas: what the picture for the journal is drawn through. Knows no readings.

use std::convert::Infallible;

use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d as Context, HtmlCanvasElement};

/// Draws on a canvas that is in no page.
pub(super) struct OnCanvas {
    context: Context,
    size: (u32, u32),
}

type Done = Result<(), DrawingErrorKind<Infallible>>;

impl OnCanvas {
    /// `None` only where the canvas cannot be drawn on.
    pub(super) fn new(canvas: &HtmlCanvasElement) -> Option<Self> {
        let context = canvas.get_context("2d").ok()??.dyn_into::<Context>().ok()?;
        context.set_line_cap("round");
        context.set_line_join("round");
        Some(Self {
            context,
            size: (canvas.width(), canvas.height()),
        })
    }

    fn path(&self, places: impl IntoIterator<Item = BackendCoord>) {
        self.context.begin_path();
        for (x, y) in places {
            // The first is a move all the same.
            self.context.line_to(f64::from(x), f64::from(y));
        }
    }

    fn fill_with(&self, colour: BackendColor) {
        self.context.set_fill_style_str(&written(colour));
    }

    fn stroke_with(&self, colour: BackendColor, width: u32) {
        self.context.set_stroke_style_str(&written(colour));
        self.context.set_line_width(f64::from(width));
    }
}

/// `#1b2127`
fn written(colour: BackendColor) -> String {
    const DIGITS: [char; 16] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f',
    ];
    let (red, green, blue) = colour.rgb;
    let digits = [red, green, blue]
        .into_iter()
        .flat_map(|part| [part >> 4, part & 15])
        .filter_map(|digit| DIGITS.get(usize::from(digit)));
    std::iter::once(&'#').chain(digits).collect()
}

impl DrawingBackend for OnCanvas {
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
        self.draw_rect(at, at, &colour, true)
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
        let (x, y) = (f64::from(from.0), f64::from(from.1));
        let (width, height) = (f64::from(to.0) - x, f64::from(to.1) - y);
        if fill {
            self.fill_with(style.color());
            self.context.fill_rect(x, y, width, height);
        } else {
            self.stroke_with(style.color(), style.stroke_width());
            self.context.stroke_rect(x, y, width, height);
        }
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Done {
        self.stroke_with(style.color(), style.stroke_width());
        self.path(path);
        self.context.stroke();
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(&mut self, at: BackendCoord, radius: u32, style: &S, fill: bool) -> Done {
        self.context.begin_path();
        let whole = 2.0 * std::f64::consts::PI;
        // Refused only for a negative radius.
        let _ = self
            .context
            .arc(f64::from(at.0), f64::from(at.1), f64::from(radius), 0.0, whole);
        if fill {
            self.fill_with(style.color());
            self.context.fill();
        } else {
            self.stroke_with(style.color(), style.stroke_width());
            self.context.stroke();
        }
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        corners: I,
        style: &S,
    ) -> Done {
        self.fill_with(style.color());
        self.path(corners);
        self.context.fill();
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, (x, y): BackendCoord) -> Done {
        let size = style.size();
        let anchor = style.anchor();
        let font = [
            &*(size.round() as u32).to_string(),
            "px Roboto, system-ui, sans-serif",
        ]
        .concat();
        self.context.set_font(&font);
        self.context.set_text_align(match anchor.h_pos {
            HPos::Left => "left",
            HPos::Center => "center",
            HPos::Right => "right",
        });
        // From the baseline, by the same shares as on paper: browsers differ in what the middle of a text is.
        let baseline = f64::from(y)
            + size
                * match anchor.v_pos {
                    VPos::Top => 0.78,
                    VPos::Center => 0.355,
                    VPos::Bottom => -0.2,
                };
        self.fill_with(style.color());
        // Fails only on a canvas that is gone.
        let _ = self.context.fill_text(text, f64::from(x), baseline);
        Ok(())
    }
}
