//! The order of calculation. Every vendor's is a list of the same stages; ours is the first.

use serde::{Deserialize, Serialize};

/// Whose order of calculation is used, from the lines to what is to be paid; ours where nothing is said.
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
    Credits(Pays),
}

/// What tax is taken on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaxOn {
    /// What credits left to pay.
    Rest,
    /// What stood before credits.
    Net,
}

/// What credits pay for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pays {
    /// All that is due by then.
    Due,
    /// The net alone: tax stays to be paid.
    Net,
}

impl OrderProfile {
    /// The stages in turn.
    ///
    /// ```
    /// use foretoken::billing::{OrderProfile, Pays, Stage, TaxOn};
    /// // Our credits pay tax too; Orb's lower what is taxed.
    /// assert_eq!(OrderProfile::Foretoken.stages().last(), Some(&Stage::Credits(Pays::Due)));
    /// assert_eq!(OrderProfile::Orb.stages().last(), Some(&Stage::Tax(TaxOn::Rest)));
    /// ```
    pub const fn stages(self) -> &'static [Stage] {
        use Stage::{Commitment, Credits, Discounts, Maximum, Minimum, Tax};
        use TaxOn::{Net, Rest};
        const ALL: Stage = Credits(Pays::Due);
        const NET: Stage = Credits(Pays::Net);
        match self {
            OrderProfile::Foretoken => &[Discounts, Minimum, Maximum, Commitment, Tax(Net), ALL],
            OrderProfile::OpenMeter => &[Discounts, Maximum, Minimum, Commitment, ALL, Tax(Rest)],
            OrderProfile::Orb | OrderProfile::Stripe => {
                &[Discounts, Minimum, Maximum, Commitment, ALL, Tax(Rest)]
            }
            OrderProfile::Lago => &[Minimum, Commitment, Maximum, Discounts, Tax(Net), ALL],
            OrderProfile::Flexprice => &[Commitment, Minimum, Maximum, Discounts, Tax(Net), NET],
            OrderProfile::Zuora => &[Minimum, Maximum, Commitment, Discounts, Tax(Net), NET],
        }
    }
}
