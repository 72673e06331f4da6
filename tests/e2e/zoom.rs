//! How the part of a period that charts show is chosen: by wheel, keys, drag, fingers and the brush below them.

use browser_tests::browser::browse;
use browser_tests::keyboard::Keyboard;
use browser_tests::launcher::Launcher;
use browser_tests::pointer::Held;
use thirtyfour::Key;

use crate::charts::{CANVAS, days, is_whole, open, seen};

const TRACK: &str = ".brush-track";

#[tokio::test]
async fn the_wheel_zooms_where_it_is_meant_to_and_else_scrolls_the_page() {
    browse("chart-wheel", 1200, |browser| async move {
        let launcher = Launcher::of_stopped_clock()?;
        let module = open(&browser, &launcher, "kols", 1200).await?;
        let place = browser.place_in(CANVAS, 0.5, 0.5).await?;
        let whole = seen(&browser, &module, "at first", is_whole).await?;
        browser
            .script::<()>("scrollTo({ top: 0, behavior: 'instant' })")
            .await?;
        browser.wheel(place, 120.0, Held::Nothing).await?;
        let scrolled = || async {
            let y: f64 = browser.script("return scrollY").await?;
            Ok((y > 0.0).then_some(()))
        };
        browser.wait_for("the page to scroll", 5, scrolled).await?;
        assert!(is_whole(
            &seen(&browser, &module, "after a plain wheel", |_| true).await?
        ));

        let place = browser.place_in(CANVAS, 0.5, 0.5).await?;
        browser.wheel(place, -120.0, Held::Ctrl).await?;
        let near = seen(&browser, &module, "after Ctrl and the wheel", |trend| {
            !is_whole(trend)
        })
        .await?;
        assert_eq!(
            (&near.from, &near.to),
            (&whole.from, &whole.to),
            "the period stays"
        );
        assert!(days(&near)? < 80.0, "{near:?}");
        for trend in module.trends().await? {
            assert_eq!(
                (&trend.view_from, &trend.view_to),
                (&near.view_from, &near.view_to),
                "one time axis"
            );
        }

        browser
            .script::<()>(&format!("document.querySelector('{CANVAS}').focus()"))
            .await?;
        browser.wheel(place, -240.0, Held::Nothing).await?;
        let nearer = seen(&browser, &module, "in the chart that has the focus", |trend| {
            trend.view_from != near.view_from
        })
        .await?;
        assert!(days(&nearer)? < days(&near)?, "{nearer:?}");

        browser.double_click(place).await?;
        seen(&browser, &module, "after a double click", is_whole).await?;
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn keys_zoom_and_move_and_zero_shows_all_again() {
    browse("chart-keys", 400, |browser| async move {
        let launcher = Launcher::of_stopped_clock()?;
        let keyboard = Keyboard::open(&browser, &launcher, 400).await?;
        keyboard.tab_to_row("spo2").await?;
        keyboard.press(Key::Enter).await?;
        keyboard
            .tab_to("the chart", |focus| focus.tag == "canvas")
            .await?;
        let module = &keyboard.module;
        keyboard.keys("++").await?;
        let near = seen(&browser, module, "after two times plus", |trend| !is_whole(trend)).await?;
        let length = days(&near)?;
        assert!((20.0..25.0).contains(&length), "a quarter of 91 days: {length}");
        browser
            .driver
            .action_chain()
            .key_down(Key::Shift)
            .send_keys(Key::Left)
            .key_up(Key::Shift)
            .perform()
            .await?;
        let moved = seen(&browser, module, "after Shift and an arrow", |trend| {
            trend.view_from < near.view_from
        })
        .await?;
        assert!((days(&moved)? - length).abs() < 0.1, "{moved:?}");
        assert!(
            module.text().await?.contains("Hele perioden"),
            "the way back is there"
        );

        keyboard.press(Key::Home).await?;
        seen(
            &browser,
            module,
            "the first reading is brought into sight",
            |trend| trend.view_from == trend.from,
        )
        .await?;
        keyboard.keys("-0").await?;
        seen(&browser, module, "after zero", is_whole).await?;
        assert!(!module.text().await?.contains("Hele perioden"));
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_chart_is_dragged_where_there_is_more_to_see_and_pinched_by_two_fingers() {
    browse("chart-drag", 1200, |browser| async move {
        let launcher = Launcher::of_stopped_clock()?;
        let module = open(&browser, &launcher, "kols", 1200).await?;
        let left = browser.place_in(CANVAS, 0.3, 0.5).await?;
        let right = browser.place_in(CANVAS, 0.7, 0.5).await?;
        browser.drag(left, right).await?;
        browser.settle().await?;
        assert!(
            is_whole(&seen(&browser, &module, "all", |_| true).await?),
            "there is nothing more"
        );
        browser.wheel(left, -400.0, Held::Ctrl).await?;
        let near = seen(&browser, &module, "zoomed", |trend| !is_whole(trend)).await?;
        browser.drag(right, left).await?;
        let later = seen(&browser, &module, "dragged to the left", |trend| {
            trend.view_from > near.view_from
        })
        .await?;
        assert!((days(&later)? - days(&near)?).abs() < 0.1, "{near:?} {later:?}");
        browser.double_click(left).await?;
        seen(&browser, &module, "all again", is_whole).await?;

        let middle = browser.place_in(CANVAS, 0.5, 0.5).await?;
        let apart = |by: f64| ((middle.0 - by, middle.1), (middle.0 + by, middle.1));
        let ((one, other), (far, away)) = (apart(40.0), apart(120.0));
        browser.pinch([(one, far), (other, away)]).await?;
        let near = seen(&browser, &module, "pinched", |trend| !is_whole(trend)).await?;
        let length = days(&near)?;
        assert!(
            (25.0..38.0).contains(&length),
            "three times as near: {length} days"
        );
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_brush_shows_a_part_of_the_period_by_pointer_and_by_keys() {
    browse("chart-brush", 1200, |browser| async move {
        let launcher = Launcher::of_stopped_clock()?;
        let module = open(&browser, &launcher, "kols", 1200).await?;
        let from = browser.place_in(TRACK, 0.25, 0.5).await?;
        let to = browser.place_in(TRACK, 0.5, 0.5).await?;
        browser.drag(from, to).await?;
        let part = seen(&browser, &module, "a part is drawn", |trend| !is_whole(trend)).await?;
        let length = days(&part)?;
        assert!((21.0..25.0).contains(&length), "{length} days");

        let inside = browser.place_in(TRACK, 0.4, 0.5).await?;
        let further = browser.place_in(TRACK, 0.6, 0.5).await?;
        browser.drag(inside, further).await?;
        let moved = seen(&browser, &module, "the window is moved", |trend| {
            trend.view_from > part.view_from
        })
        .await?;
        assert!((days(&moved)? - length).abs() < 0.1, "{moved:?}");

        let slider = ".brush-from";
        browser
            .script::<()>(&format!("document.querySelector('{slider}').focus()"))
            .await?;
        let said = || {
            browser.script::<Vec<String>>(
                "return [...document.querySelectorAll('[role=slider]')].map(slider =>
                    `${slider.ariaLabel} ${slider.ariaValueText} ${slider.ariaValueNow} av ${slider.ariaValueMax}`)",
            )
        };
        let before = said().await?;
        browser
            .driver
            .action_chain()
            .send_keys(Key::Left)
            .perform()
            .await?;
        let longer = seen(&browser, &module, "a day more", |trend| {
            trend.view_from < moved.view_from
        })
        .await?;
        assert!((days(&longer)? - days(&moved)? - 1.0).abs() < 0.1, "{longer:?}");
        let after = said().await?;
        assert!(
            before.len() == 2 && before.first() != after.first() && before.get(1) == after.get(1),
            "{before:?} {after:?}"
        );

        module.press_button("Hele perioden").await?;
        seen(&browser, &module, "all again", is_whole).await?;
        let focus: String = browser.script("return document.activeElement.role").await?;
        assert_eq!(focus, "slider", "the focus stays near");
        Ok(())
    })
    .await;
}
