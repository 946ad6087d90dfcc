use imagesize::{ImageError, blob_size};

use super::AttachError;

/// The longest side that any format can mean.
const LONGEST_SIDE: u32 = 1_000_000;

/// Why these bytes do not say how large the picture is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SizeError {
    #[error("it stands further on")]
    More,
    #[error(transparent)]
    Never(#[from] AttachError),
}

/// A picture's width and height in pixels, from the bytes it begins with. Nothing is decoded. Which way up it is shown
/// may be written elsewhere: that swaps the two, and no rule minds.
///
/// ```
/// use foretoken::attach::{SizeError, image_size};
/// let png = b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\x04\0\0\0\x03\0\x08\x02\0\0\0";
/// assert_eq!(image_size(png), Ok((1_024, 768)));
/// assert_eq!(image_size(&png[..18]), Err(SizeError::More), "cut short");
/// ```
pub fn image_size(head: &[u8]) -> Result<(u32, u32), SizeError> {
    let size = blob_size(head).map_err(|error| match error {
        ImageError::IoError(_) => SizeError::More,
        ImageError::NotSupported | ImageError::CorruptedImage => {
            SizeError::Never(AttachError::ImageBroken)
        }
    })?;
    let side = |side: usize| {
        u32::try_from(side)
            .ok()
            .filter(|side| (1..=LONGEST_SIDE).contains(side))
    };
    side(size.width)
        .zip(side(size.height))
        .ok_or(SizeError::Never(AttachError::ImageBroken))
}
