//! The names of all price shapes.

pub const SHAPES: &[&str] = &[
    "unit",
    "flat",
    "graduated",
    "volume",
    "stairstep",
    "threshold_total",
    "package",
    "tiered_package",
    "percentage",
    "graduated_percentage",
    "basis_points",
    "cost_plus",
    "matrix",
    "capacity",
    "outcome",
];
