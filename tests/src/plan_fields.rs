//! Writing in the plan's fields, each found by its name, as somebody does who hears the page.

use thirtyfour::{Key, WebElement};

use crate::Result;
use crate::plan::Plan;

/// Longer texts are put into a field at once instead of being typed.
const TYPED_AT_MOST: usize = 200;

/// A field by what it is called, with the group that it stands in where its own name says too little.
const FIELD: &str = "
    const group = field => field.closest('fieldset')?.querySelector('legend')
        ?? field.closest('section')?.querySelector('h3, h4');
    const names = field => {
        const own = field.ariaLabel ?? [...(field.labels ?? [])].map(label => label.textContent).join(' ');
        return [own, `${group(field)?.textContent}: ${own}`].map(name => name.replaceAll('\\u00a0', ' ').trim());
    };
    return [...document.querySelectorAll('input:not([type=radio]), textarea')]
        .filter(field => field.checkVisibility())
        .find(field => names(field).includes(arguments[0])) ?? null";

impl Plan {
    /// The field of this name, such as `Gul sone · Medisiner, nummer 1` or `Kontaktpersoner, nummer 1: Telefon`.
    ///
    /// # Errors
    /// When there is none.
    pub async fn field(&self, name: &str) -> Result<WebElement> {
        let answer = self.browser.driver.execute(FIELD, vec![name.into()]).await?;
        match answer.element() {
            Ok(field) => Ok(field),
            Err(_) => Err(format!("no field {name:?}: {}", self.module.text().await?).into()),
        }
    }

    /// What stands in the field of this name.
    ///
    /// # Errors
    /// When there is none.
    pub async fn written(&self, name: &str) -> Result<String> {
        // A plan that has just been opened may be read once more, which makes its fields anew.
        let value = || async { Ok(self.field(name).await?.prop("value").await?) };
        self.browser.wait_for(name, 5, value).await
    }

    /// Writes a text into the field of this name instead of what stood there, and leaves the field.
    ///
    /// # Errors
    /// When there is none.
    pub async fn write(&self, name: &str, text: &str) -> Result<()> {
        let put = || async {
            self.put(&self.field(name).await?, text).await?;
            Ok(Some(()))
        };
        // A plan that has just been opened may be read once more, which makes its fields anew.
        self.browser
            .wait_for(&format!("a way to write {name}"), 5, put)
            .await?;
        self.browser.settle().await
    }

    async fn put(&self, field: &WebElement, text: &str) -> Result<()> {
        let is_date = field.attr("type").await?.as_deref() == Some("date");
        let put = "const [field, text] = arguments;
            field.focus();
            field.value = text;
            field.dispatchEvent(new Event('input', { bubbles: true }))";
        let arguments = vec![field.to_json()?, text.into()];
        if is_date || text.len() > TYPED_AT_MOST {
            self.browser.driver.execute(put, arguments.clone()).await?;
        } else {
            self.module.press(field).await?;
            field.send_keys(Key::Control + "a").await?;
            field.send_keys(Key::Delete + text).await?;
        }
        self.browser
            .driver
            .execute("arguments[0].blur()", arguments)
            .await?;
        Ok(())
    }

    /// Puts a new item into a list, such as `Hva er viktig for meg`, whose first field gets the focus.
    ///
    /// # Errors
    /// When there is no such list.
    pub async fn add_to(&self, list: &str) -> Result<()> {
        self.module.press_button(&format!("Legg til i {list}")).await?;
        self.browser.settle().await
    }
}
