//! Fetches chunks of the viewer, by what `bootstrap.js` offers for that. What can be called in them is in `chunks`.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::chunks::Chunk;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_name = dhoLoadChunk)]
    async fn load_chunk(name: &str) -> Result<JsValue, JsValue>;
}

/// Why a chunk is not here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ChunkProblem {
    /// It could not be fetched.
    Unreachable,
    /// It is gone: another version of the viewer has been put in the place of the one that runs.
    Replaced,
}

/// Fetches a chunk, unless it is here.
///
/// # Errors
/// It could not be fetched; the next time it may be.
pub(crate) async fn fetch(chunk: Chunk) -> Result<(), ChunkProblem> {
    if !chunk.is_here() {
        let loaded = load_chunk(chunk.name()).await;
        let loaded = loaded.map_err(|_| ChunkProblem::Unreachable)?;
        if !loaded.is_truthy() {
            return Err(ChunkProblem::Replaced);
        }
        chunk.came();
    }
    Ok(())
}
