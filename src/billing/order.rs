//! The order of calculation. Every vendor's is a list of the same stages; ours is the first.

use serde::{Deserialize, Serialize};

/// Whose order of calculation is used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum OrderProfile {
    #[default]
    Foretoken,
    #[serde(rename = "openmeter")]
    OpenMeter,
    Orb,
    Lago,
    Flexprice,
    Zuora,
    Stripe,
}

/// One step between the lines and what is to be paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    Discounts,
    Minimum,
    Maximum,
    Commitment,
    Tax(TaxOn),
    Credits,
}

/// What tax is taken on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaxOn {
    /// What credits left to pay.
    Rest,
    /// What stood before credits.
    Net,
}

impl OrderProfile {
    /// The stages in turn.
    ///
    /// ```
    /// use foretoken::billing::{OrderProfile, Stage};
    /// let place = |order: OrderProfile, stage| order.stages().iter().position(|each| *each == stage);
    /// // Ours pays tax with credits; Orb's credits lower what is taxed.
    /// assert_eq!(OrderProfile::Foretoken.stages().last(), Some(&Stage::Credits));
    /// assert_eq!(place(OrderProfile::Orb, Stage::Credits), Some(4));
    /// ```
    pub const fn stages(self) -> &'static [Stage] {
        use Stage::{Commitment, Credits, Discounts, Maximum, Minimum, Tax};
        use TaxOn::{Net, Rest};
        match self {
            OrderProfile::Foretoken => {
                &[Discounts, Minimum, Maximum, Commitment, Tax(Net), Credits]
            }
            OrderProfile::OpenMeter => {
                &[Discounts, Maximum, Minimum, Commitment, Credits, Tax(Rest)]
            }
            OrderProfile::Orb | OrderProfile::Stripe => {
                &[Discounts, Minimum, Maximum, Commitment, Credits, Tax(Rest)]
            }
            OrderProfile::Lago => &[Minimum, Commitment, Maximum, Discounts, Tax(Net), Credits],
            OrderProfile::Flexprice => {
                &[Commitment, Minimum, Maximum, Discounts, Credits, Tax(Net)]
            }
            OrderProfile::Zuora => &[Minimum, Maximum, Commitment, Discounts, Credits, Tax(Net)],
        }
    }
}
