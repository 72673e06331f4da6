//! The measured parameters: how a well-behaved source codes them. Holds no limits and no conversions;
//! other codes for the same parameter are written out where a case uses them.

/// One parameter as a source in order writes it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Parameter {
    /// Name in `expected.json` and in the viewer's `data-parameter`.
    pub(crate) id: &'static str,
    pub(crate) loinc: &'static str,
    /// LOINC's English name.
    pub(crate) display: &'static str,
    /// `code.text`, as a Norwegian source says it.
    pub(crate) text: &'static str,
    /// UCUM code of the unit shown.
    pub(crate) unit: &'static str,
    /// Code of `http://terminology.hl7.org/CodeSystem/observation-category`.
    pub(crate) category: &'static str,
}

const fn parameter(
    id: &'static str,
    loinc: &'static str,
    display: &'static str,
    text: &'static str,
    unit: &'static str,
    category: &'static str,
) -> Parameter {
    Parameter {
        id,
        loinc,
        display,
        text,
        unit,
        category,
    }
}

pub(crate) const SPO2: Parameter = parameter(
    "spo2",
    "2708-6",
    "Oxygen saturation in Arterial blood",
    "Oksygenmetning",
    "%",
    "vital-signs",
);
pub(crate) const PULSE: Parameter = parameter("pulse", "8867-4", "Heart rate", "Puls", "/min", "vital-signs");
pub(crate) const BLOOD_PRESSURE: Parameter = parameter(
    "blood-pressure",
    "85354-9",
    "Blood pressure panel with all children optional",
    "Blodtrykk",
    "mm[Hg]",
    "vital-signs",
);
pub(crate) const WEIGHT: Parameter =
    parameter("weight", "29463-7", "Body weight", "Vekt", "kg", "vital-signs");
pub(crate) const TEMPERATURE: Parameter = parameter(
    "temperature",
    "8310-5",
    "Body temperature",
    "Temperatur",
    "Cel",
    "vital-signs",
);
pub(crate) const GLUCOSE: Parameter = parameter(
    "glucose",
    "15074-8",
    "Glucose [Moles/volume] in Blood",
    "Blodsukker",
    "mmol/L",
    "laboratory",
);
pub(crate) const RESPIRATORY_RATE: Parameter = parameter(
    "respiratory-rate",
    "9279-1",
    "Respiratory rate",
    "Respirasjonsfrekvens",
    "/min",
    "vital-signs",
);
pub(crate) const FEV1: Parameter = parameter("fev1", "20150-9", "FEV1", "FEV1", "L", "procedure");
pub(crate) const PEF: Parameter = parameter(
    "pef",
    "19935-6",
    "Maximum expiratory gas flow Respiratory system airway by Peak flow meter",
    "PEF",
    "L/min",
    "procedure",
);
pub(crate) const CAT: Parameter = parameter(
    "cat",
    "74465-6",
    "Questionnaire response Document",
    "CAT",
    "{score}",
    "survey",
);
pub(crate) const STEPS: Parameter = parameter(
    "steps",
    "41950-7",
    "Number of steps in 24 hour Measured",
    "Skritt per døgn",
    "/d",
    "activity",
);
