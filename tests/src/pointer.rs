//! A mouse and two fingers on a page that is the whole tab: moved by the browser's debugging protocol, so that wheel,
//! drag and pinch are what they are for a person.

use serde_json::{Value, json};

use crate::Result;
use crate::browser::Browser;

/// A place on the page, CSS pixels from its upper left corner as it is scrolled now.
pub type Place = (f64, f64);

/// Keys held while the mouse does something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    Nothing,
    Ctrl,
}

impl Browser {
    /// A place inside the first element that matches, as shares of its width and height; where it is out of sight,
    /// the page is scrolled there.
    ///
    /// # Errors
    /// When there is no such element.
    pub async fn place_in(&self, selector: &str, across: f64, down: f64) -> Result<Place> {
        self.script(&format!(
            "const element = document.querySelector(`{selector}`);
            const seen = () => element.getBoundingClientRect();
            // What sticks to an edge of the page would move the page at every look.
            if (seen().top < 60 || seen().bottom > innerHeight) {{
                element.scrollIntoView({{ block: 'center', behavior: 'instant' }});
            }}
            const box = seen();
            return [box.left + {across} * box.width, box.top + {down} * box.height]"
        ))
        .await
    }

    /// # Errors
    /// When the browser refuses.
    pub async fn point_at(&self, (x, y): Place) -> Result<()> {
        self.mouse("mouseMoved", (x, y), json!({})).await
    }

    /// Turns the wheel by so many pixels, down if positive.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn wheel(&self, place: Place, down: f64, held: Held) -> Result<()> {
        let modifiers = if held == Held::Ctrl { 2 } else { 0 };
        let turned = json!({ "deltaX": 0, "deltaY": down, "modifiers": modifiers });
        self.mouse("mouseWheel", place, turned).await
    }

    /// Presses at one place, moves to another and lets go.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn drag(&self, from: Place, to: Place) -> Result<()> {
        let button = json!({ "button": "left", "buttons": 1, "clickCount": 1 });
        self.point_at(from).await?;
        self.mouse("mousePressed", from, button.clone()).await?;
        for step in 1..=8 {
            let share = f64::from(step) / 8.0;
            let between = |from: f64, to: f64| (to - from).mul_add(share, from);
            let place = (between(from.0, to.0), between(from.1, to.1));
            self.mouse("mouseMoved", place, button.clone()).await?;
        }
        self.mouse("mouseReleased", to, button).await
    }

    /// # Errors
    /// When the browser refuses.
    pub async fn double_click(&self, place: Place) -> Result<()> {
        for count in [1, 2] {
            let button = json!({ "button": "left", "clickCount": count });
            self.mouse("mousePressed", place, button.clone()).await?;
            self.mouse("mouseReleased", place, button).await?;
        }
        Ok(())
    }

    /// Puts two fingers down and moves each to its own place.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn pinch(&self, fingers: [(Place, Place); 2]) -> Result<()> {
        let touch = json!({ "enabled": true, "maxTouchPoints": 2 });
        self.devtools("Emulation.setTouchEmulationEnabled", touch).await?;
        for step in 0..=8 {
            let share = f64::from(step) / 8.0;
            let between = |from: f64, to: f64| (to - from).mul_add(share, from);
            let points: Vec<Value> = fingers
                .iter()
                .enumerate()
                .map(|(id, (from, to))| json!({ "id": id, "x": between(from.0, to.0), "y": between(from.1, to.1) }))
                .collect();
            let kind = if step == 0 { "touchStart" } else { "touchMove" };
            self.touch(kind, points).await?;
        }
        self.touch("touchEnd", Vec::new()).await?;
        self.devtools("Emulation.setTouchEmulationEnabled", json!({ "enabled": false }))
            .await?;
        Ok(())
    }

    async fn touch(&self, kind: &str, points: Vec<Value>) -> Result<()> {
        self.devtools(
            "Input.dispatchTouchEvent",
            json!({ "type": kind, "touchPoints": points }),
        )
        .await?;
        Ok(())
    }

    async fn mouse(&self, kind: &str, (x, y): Place, mut event: Value) -> Result<()> {
        if let Some(event) = event.as_object_mut() {
            event.extend([
                ("type".to_owned(), kind.into()),
                ("x".to_owned(), x.into()),
                ("y".to_owned(), y.into()),
            ]);
        }
        self.devtools("Input.dispatchMouseEvent", event).await?;
        Ok(())
    }
}
