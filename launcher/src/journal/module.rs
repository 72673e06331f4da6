//! The HTML around the module: its frame or its window, the width, and the other ways to open it.

use super::page::{Opened, Page, escape};

/// How the page shows the module, as its address says. Kept when another patient or user is chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct View {
    /// In a sandboxed frame with an origin of its own.
    pub(super) sandbox: bool,
    /// In a window that this page opens and keeps in touch with.
    pub(super) popup: bool,
}

impl View {
    pub(super) fn pairs<'a>(self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let sandbox = self.sandbox.then_some(("sandbox", "1"));
        sandbox.into_iter().chain(self.popup.then_some(("open", "popup")))
    }
}

pub(super) fn module(page: &Page<'_>, opened: &Opened) -> String {
    let src = escape(&opened.launch_url);
    let place = if page.view.popup {
        format!(
            "<p><button id=\"open-popup\" data-src=\"{src}\" data-handle=\"{}\">Åpne egenmåling i eget vindu</button></p>",
            opened.handle
        )
    } else {
        let sandbox = if page.view.sandbox {
            " sandbox=\"allow-scripts allow-forms allow-popups\""
        } else {
            ""
        };
        format!(
            "<iframe id=\"module\" class=\"wide\" title=\"Egenmåling\" allow=\"clipboard-write\"{sandbox} \
             data-handle=\"{}\" src=\"{src}\"></iframe>",
            opened.handle
        )
    };
    let mut query = form_urlencoded::Serializer::new(String::new());
    query
        .append_pair("patient", &opened.patient.id)
        .append_pair("user", page.user.id);
    format!(
        "<div class=\"module-bar\"><div role=\"group\" aria-label=\"Bredde på modulen\">\
         <button data-width=\"narrow\" aria-pressed=\"false\">Smal (400 px)</button>\
         <button data-width=\"wide\" aria-pressed=\"true\">Bred</button></div>\
         <a href=\"{open}\" target=\"_blank\" rel=\"noopener\">Åpne i eget vindu</a></div>{place}\
         <script type=\"module\" src=\"/messages.js\"></script>",
        open = escape(&format!("/open?{}", query.finish())),
    )
}

/// Links to the same page with the module in each kind of frame, for who tries it.
pub(super) fn frames(page: &Page<'_>, patient: &str) -> String {
    let address = |view: View| page.address_in(view, Some(patient));
    let links = [
        ("Vanlig ramme", page.journal, View::default()),
        ("Ramme på samme nettsted", page.same_site, View::default()),
        (
            "Ramme i sandkasse",
            page.journal,
            View {
                sandbox: true,
                popup: false,
            },
        ),
        (
            "Vindu som journalen åpner",
            page.journal,
            View {
                sandbox: false,
                popup: true,
            },
        ),
    ];
    let link = |(name, origin, view)| format!("<li><a href=\"{origin}{}\">{name}</a></li>", address(view));
    links.into_iter().map(link).collect()
}
