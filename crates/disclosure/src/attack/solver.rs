//! The door to a solver of whole-number programmes.

use microlp::{ComparisonOp, LinearExpr, OptimizationDirection, Problem};

use super::{AttackFault, Part};

/// Which end of a count is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// The least that it could be.
    Least,
    /// The most that it could be.
    Most,
}

/// Something that finds the farthest table of a part.
pub trait Solver {
    /// Its name and version, as a certificate prints them.
    fn name(&self) -> String;

    /// A table of counts, one for each cell of the part, within its bounds and relations, in which
    /// the count at this place is the least or the most that it can be.
    fn farthest(&self, part: &Part, at: usize, way: Way) -> Result<Vec<i64>, AttackFault>;
}

/// microlp: branch and bound over the simplex method.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MicroLp;

/// As in the lock file; a test compares them.
pub(crate) const VERSION: &str = "0.7.0";

impl Solver for MicroLp {
    fn name(&self) -> String {
        format!("microlp {VERSION}")
    }

    fn farthest(&self, part: &Part, at: usize, way: Way) -> Result<Vec<i64>, AttackFault> {
        let direction = match way {
            Way::Least => OptimizationDirection::Minimize,
            Way::Most => OptimizationDirection::Maximize,
        };
        let mut problem = Problem::new(direction);
        let bound =
            |number: &i64| i32::try_from(*number).map_err(|_| fault("a count is too large"));
        let mut variables = Vec::with_capacity(part.cells.len());
        for (place, (low, high)) in part.lows.iter().zip(&part.highs).enumerate() {
            if low > high {
                return Err(fault("what is shown fits no table"));
            }
            let goal = if place == at { 1.0 } else { 0.0 };
            variables.push(problem.add_integer_var(goal, (bound(low)?, bound(high)?)));
        }
        for relation in &part.relations {
            let mut sum = LinearExpr::empty();
            for (place, times) in &relation.terms {
                let variable = variables.get(*place).ok_or_else(|| fault("a cell is missing"))?;
                sum.add(*variable, float(*times)?);
            }
            match (relation.low, relation.high) {
                (Some(low), Some(high)) if low == high => {
                    problem.add_constraint(sum, ComparisonOp::Eq, float(low)?);
                }
                (low, high) => {
                    if let Some(low) = low {
                        problem.add_constraint(sum.clone(), ComparisonOp::Ge, float(low)?);
                    }
                    if let Some(high) = high {
                        problem.add_constraint(sum, ComparisonOp::Le, float(high)?);
                    }
                }
            }
        }
        let outcome = problem.solve().map_err(|why| fault(&format!("the solver said: {why}")))?;
        let solution = outcome.into_solution().map_err(|_| fault("the solver gave up"))?;
        variables.into_iter().map(|variable| whole(solution.var_value(variable))).collect()
    }
}

fn fault(what: &str) -> AttackFault {
    AttackFault(what.to_owned())
}

/// A whole number that a float holds exactly.
fn float(number: i64) -> Result<f64, AttackFault> {
    let number = i32::try_from(number).map_err(|_| fault("a count is too large"))?;
    Ok(f64::from(number))
}

/// The whole number nearest to a float. If it was not near, the table will not fit.
fn whole(number: f64) -> Result<i64, AttackFault> {
    let rounded = number.round();
    if !(0.0..=f64::from(i32::MAX)).contains(&rounded) {
        return Err(fault("the solver gave a count that is none"));
    }
    #[expect(clippy::cast_possible_truncation, reason = "it lies within the bounds just asked for")]
    Ok(rounded as i64)
}
