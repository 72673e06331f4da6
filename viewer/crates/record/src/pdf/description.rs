//! What a PDF file says of itself beside its pages: when it was made, its title and its language.

use chart_model::oslo;
use pdf_writer::Date;

/// Years that a date can be written in, 1970 to 9999.
const YEARS: std::ops::RangeInclusive<i64> = 0..=253_402_300_799_000;

/// A moment that can be written: one of those years.
pub(super) fn written(at: i64) -> i64 {
    at.clamp(*YEARS.start(), *YEARS.end())
}

/// An instant as a clock in Oslo shows it.
pub(super) fn date(at: i64) -> Date {
    let clock = oslo::civil(at);
    let hours = i8::try_from(oslo::offset_ms(at) / chart_model::time::HOUR_MS).unwrap_or_default();
    Date::new(u16::try_from(clock.date.year).unwrap_or_default())
        .month(clock.date.month)
        .day(clock.date.day)
        .hour(clock.hour)
        .minute(clock.minute)
        // Without seconds, nothing is written of the offset.
        .second(0)
        .utc_offset_hour(hours)
        .utc_offset_minute(0)
}

/// Title and language as XMP, which is where readers look first.
pub(super) fn xmp(title: &str, language: &str, made: i64) -> String {
    let (title, language) = (escaped(title), escaped(language));
    [
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\
         <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"><dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">",
        &title,
        "</rdf:li></rdf:Alt></dc:title><dc:language><rdf:Bag><rdf:li>",
        &language,
        "</rdf:li></rdf:Bag></dc:language><xmp:CreateDate>",
        &oslo::to_fhir(made),
        "</xmp:CreateDate></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end=\"w\"?>",
    ]
    .concat()
}

/// A text within XML. What XML cannot hold at all is left out: the page itself shows it.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            _ => escaped.push(character),
        }
    }
    escaped
}
