//! Counting what passed and failed, from the lines that Rust's test runners print at the end of each run.

/// How many checks passed and failed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: usize,
    pub(crate) failed: usize,
}

impl Tally {
    pub(crate) const ONE_PASSED: Self = Self { passed: 1, failed: 0 };
    pub(crate) const ONE_FAILED: Self = Self { passed: 0, failed: 1 };

    pub(crate) fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }

    /// Counts a line like `test result: ok. 3 passed; 0 failed; 1 ignored; …`; other lines count nothing.
    pub(crate) fn read(&mut self, line: &str) {
        let Some((_, counts)) = line.split_once("test result: ") else {
            return;
        };
        for part in counts.split(['.', ';']) {
            let mut words = part.split_whitespace();
            if let (Some(Ok(number)), Some(what)) = (words.next().map(str::parse::<usize>), words.next()) {
                match what {
                    "passed" => self.passed += number,
                    "failed" => self.failed += number,
                    _ => {}
                }
            }
        }
    }

    /// A runner that failed without naming a test (it did not compile, it crashed), or that ran no test
    /// at all, has failed once.
    pub(crate) fn ended(mut self, success: bool) -> Self {
        if (!success && self.failed == 0) || self == Self::default() {
            self.failed += 1;
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(output: &str) -> Tally {
        let mut tally = Tally::default();
        output.lines().for_each(|line| tally.read(line));
        tally
    }

    #[test]
    fn the_results_of_several_runs_are_summed() {
        let tally = read(
            "running 3 tests\n\
            test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s\n\
            test one passed; 9 failed ... ok\n\
            test result: FAILED. 40 passed; 2 failed; 1 ignored; 0 measured; 0 filtered out; finished in 1.20s\n",
        );
        assert_eq!(
            tally,
            Tally {
                passed: 43,
                failed: 2
            }
        );
    }

    #[test]
    fn the_browser_runner_is_read_alike() {
        let tally = read("test result: ok. 7 passed; 0 failed; 0 ignored; 0 filtered out; finished in 0.3s");
        assert_eq!(tally, Tally { passed: 7, failed: 0 });
    }

    #[test]
    fn a_run_that_does_not_get_to_its_tests_has_failed() {
        assert_eq!(read("error: could not compile").ended(false), Tally::ONE_FAILED);
        assert_eq!(
            Tally { passed: 5, failed: 0 }.ended(false),
            Tally { passed: 5, failed: 1 }
        );
        assert_eq!(
            Tally { passed: 5, failed: 2 }.ended(false),
            Tally { passed: 5, failed: 2 }
        );
    }

    #[test]
    fn a_run_without_any_test_has_failed() {
        assert_eq!(read("running 0 tests").ended(true), Tally::ONE_FAILED);
        assert_eq!(Tally::ONE_PASSED.ended(true), Tally::ONE_PASSED);
    }
}
