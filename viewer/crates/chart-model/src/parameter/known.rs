//! The parameters that patients measure at home: codes, unit, decimals and plausible range, all in one table. To add a
//! parameter, add its [`Known`] and its row in [`Known::spec`]; texts for it stand in the viewer's message catalogue.
//! Conversions between units are in `units`.

use crate::Decimal;
use crate::units::Dimension;

/// LOINC.
pub const LOINC: &str = "http://loinc.org";
/// SNOMED CT.
pub const SNOMED: &str = "http://snomed.info/sct";
/// Norwegian laboratory codes (NPU).
pub const NLK: &str = "urn:oid:2.16.578.1.12.4.1.1.7280";
/// Danish NPU.
pub const DK_NPU: &str = "urn:oid:1.2.208.176.2.1";
/// Danish telemedicine codes (MedCom).
pub const DK_MCS: &str = "urn:oid:1.2.208.184.100.8";
/// ISO/IEEE 11073 device nomenclature.
pub const MDC: &str = "urn:iso:std:iso:11073:10101";
/// Every questionnaire score that VKP sends has this LOINC code, so the text must tell which it is.
pub const QUESTIONNAIRE_SCORE: &str = "74465-6";

/// A parameter of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Known {
    /// Oxygen saturation.
    Spo2,
    /// Heart rate.
    Pulse,
    /// Systolic and diastolic, one row, drawn as a pair.
    BloodPressure,
    /// Body weight.
    Weight,
    /// Body temperature.
    Temperature,
    /// Glucose in blood or interstitial fluid.
    Glucose,
    /// Respiratory rate.
    RespiratoryRate,
    /// Forced expiratory volume in one second.
    Fev1,
    /// Peak expiratory flow.
    Pef,
    /// COPD Assessment Test, 0–40.
    Cat,
    /// Steps per day.
    Steps,
}

/// One number of a parameter: a blood pressure has two, every other parameter one.
#[derive(Debug)]
pub struct Number {
    /// `system` and `code` under which it is read; the first is the one written.
    pub codes: &'static [(&'static str, &'static str)],
    /// Inclusive ends, in the shown unit, of what a living patient can have. Outside: implausible.
    pub plausible: (Decimal, Decimal),
}

/// Everything the table says about one parameter.
#[derive(Debug)]
pub struct Spec {
    /// Stable name used by hooks, storage and tests.
    pub id: &'static str,
    /// UCUM code of the unit shown.
    pub unit: &'static str,
    /// Which units can be converted to it.
    pub dimension: Dimension,
    /// Decimals shown at most; values and limits are rounded to them before classing.
    pub decimals: u8,
    /// The codes of the Observation itself.
    pub codes: &'static [(&'static str, &'static str)],
    /// The numbers in it.
    pub numbers: &'static [Number],
}

const fn whole(value: i64) -> Decimal {
    Decimal::new(value, 0)
}

const fn tenths(value: i64) -> Decimal {
    Decimal::new(value, 1)
}

const BLOOD_PRESSURE: &Spec = &Spec {
    id: "blood-pressure",
    unit: "mm[Hg]",
    dimension: Dimension::Pressure,
    decimals: 0,
    codes: &[(LOINC, "85354-9"), (LOINC, "55284-4"), (SNOMED, "75367002")],
    numbers: SYSTOLIC_AND_DIASTOLIC,
};

const SYSTOLIC_AND_DIASTOLIC: &[Number] = &[
    Number {
        codes: &[(LOINC, "8480-6"), (SNOMED, "271649006")],
        plausible: (whole(50), whole(300)),
    },
    Number {
        codes: &[(LOINC, "8462-4"), (SNOMED, "271650006")],
        plausible: (whole(20), whole(200)),
    },
];

macro_rules! single {
    ($id:literal, $unit:literal, $dimension:ident, $decimals:literal, $low:expr, $high:expr, $codes:expr) => {{
        const CODES: &[(&str, &str)] = $codes;
        const NUMBERS: &[Number] = &[Number {
            codes: CODES,
            plausible: ($low, $high),
        }];
        const SPEC: &Spec = &Spec {
            id: $id,
            unit: $unit,
            dimension: Dimension::$dimension,
            decimals: $decimals,
            codes: CODES,
            numbers: NUMBERS,
        };
        SPEC
    }};
}

impl Known {
    /// Every parameter, in the order shown when neither doctor nor plan says another.
    pub const ALL: [Self; 11] = [
        Self::Spo2,
        Self::Pulse,
        Self::BloodPressure,
        Self::Weight,
        Self::Temperature,
        Self::Glucose,
        Self::RespiratoryRate,
        Self::Fev1,
        Self::Pef,
        Self::Cat,
        Self::Steps,
    ];

    /// Its row of the table. Codes: data-model, "Parameters"; those of FEV1, PEF, CAT and steps come
    /// from Danish and third-party material.
    pub const fn spec(self) -> &'static Spec {
        match self {
            Self::Spo2 => single!(
                "spo2",
                "%",
                Percent,
                0,
                whole(50),
                whole(100),
                &[
                    (LOINC, "2708-6"),
                    (LOINC, "59408-5"),
                    (SNOMED, "431314004"),
                    (DK_NPU, "NPU03011"),
                    (NLK, "NPU03011")
                ]
            ),
            Self::Pulse => single!(
                "pulse",
                "/min",
                PerMinute,
                0,
                whole(20),
                whole(250),
                &[
                    (LOINC, "8867-4"),
                    (SNOMED, "364075005"),
                    (SNOMED, "78564009"),
                    (DK_NPU, "NPU21692"),
                    (NLK, "NPU21692")
                ]
            ),
            Self::BloodPressure => BLOOD_PRESSURE,
            Self::Weight => single!(
                "weight",
                "kg",
                Mass,
                1,
                whole(20),
                whole(400),
                &[(LOINC, "29463-7"), (LOINC, "29563-7"), (SNOMED, "27113001")]
            ),
            Self::Temperature => single!(
                "temperature",
                "Cel",
                Temperature,
                1,
                whole(30),
                whole(45),
                &[(LOINC, "8310-5"), (SNOMED, "276885007")]
            ),
            Self::Glucose => single!(
                "glucose",
                "mmol/L",
                Glucose,
                1,
                tenths(5),
                whole(60),
                &[
                    (LOINC, "15074-8"),
                    (LOINC, "2339-0"),
                    (LOINC, "2345-7"),
                    (SNOMED, "434912009"),
                    (NLK, "NPU02187"),
                    (DK_NPU, "NPU02187")
                ]
            ),
            Self::RespiratoryRate => single!(
                "respiratory-rate",
                "/min",
                PerMinute,
                0,
                whole(3),
                whole(80),
                &[(LOINC, "9279-1"), (SNOMED, "86290005")]
            ),
            Self::Fev1 => single!(
                "fev1",
                "L",
                Volume,
                2,
                tenths(1),
                whole(9),
                &[(LOINC, "20150-9"), (DK_MCS, "MCS88015")]
            ),
            Self::Pef => single!(
                "pef",
                "L/min",
                Flow,
                0,
                whole(30),
                whole(900),
                &[(LOINC, "19935-6"), (MDC, "152584")]
            ),
            Self::Cat => single!(
                "cat",
                "{score}",
                Score,
                0,
                whole(0),
                whole(40),
                &[
                    (LOINC, QUESTIONNAIRE_SCORE),
                    (SNOMED, "446660005"),
                    (DK_MCS, "MCS88137")
                ]
            ),
            Self::Steps => single!(
                "steps",
                "/d",
                PerDay,
                0,
                whole(0),
                whole(100_000),
                &[(LOINC, "41950-7"), (LOINC, "55423-8"), (DK_MCS, "MCS88192")]
            ),
        }
    }

    /// By the stable name, as in `spo2`.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.spec().id == id)
    }

    /// By a coding, with the text beside it (only the questionnaire score needs that).
    pub fn from_code(system: &str, code: &str, text: &str) -> Option<Self> {
        let known = Self::ALL
            .into_iter()
            .find(|known| known.spec().codes.contains(&(system, code)))?;
        let score = system == LOINC && code == QUESTIONNAIRE_SCORE;
        (!score || names_cat(text)).then_some(known)
    }

    /// Which number of a blood pressure a component's coding means: 0 systolic, 1 diastolic.
    pub fn blood_pressure_part(system: &str, code: &str) -> Option<usize> {
        let numbers = Self::BloodPressure.spec().numbers;
        numbers
            .iter()
            .position(|number| number.codes.contains(&(system, code)))
    }
}

/// True if a text names the COPD Assessment Test: the word `CAT` in capitals, or its full name.
fn names_cat(text: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric())
        .any(|word| word == "CAT")
        || text.to_ascii_lowercase().contains("copd assessment test")
}
