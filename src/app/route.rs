//! The pages and their addresses.

/// A page of the app.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Page {
    #[default]
    Estimate,
    Month,
    Sandbox,
    Help,
    Privacy,
}

impl Page {
    pub const ALL: [Page; 5] = [
        Page::Estimate,
        Page::Month,
        Page::Sandbox,
        Page::Help,
        Page::Privacy,
    ];

    pub const fn hash(self) -> &'static str {
        match self {
            Page::Estimate => "#/",
            Page::Month => "#/month",
            Page::Sandbox => "#/sandbox",
            Page::Help => "#/help",
            Page::Privacy => "#/privacy",
        }
    }

    pub const fn title(self) -> &'static str {
        match self {
            Page::Estimate => "Estimate",
            Page::Month => "Month",
            Page::Sandbox => "Sandbox",
            Page::Help => "How it works",
            Page::Privacy => "Privacy",
        }
    }

    /// The page of an address; an unknown one leads to the estimate rather than nowhere.
    pub fn from_hash(hash: &str) -> Page {
        Page::ALL
            .into_iter()
            .find(|page| page.hash() == hash)
            .unwrap_or_default()
    }
}
