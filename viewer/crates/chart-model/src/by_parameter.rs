//! Something of each parameter, in the parameters' order. They are few: a list in order is as quick as a tree, and a
//! tenth of its code.

use crate::Parameter;

/// At most one value of each parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct ByParameter<T>(Vec<(Parameter, T)>);

impl<T> Default for ByParameter<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> ByParameter<T> {
    fn place(&self, parameter: &Parameter) -> Result<usize, usize> {
        self.0.binary_search_by(|(other, _)| other.cmp(parameter))
    }

    /// The value of a parameter.
    pub fn get(&self, parameter: &Parameter) -> Option<&T> {
        let place = self.place(parameter).ok()?;
        self.0.get(place).map(|(_, value)| value)
    }

    /// There is one of this parameter.
    pub fn contains_key(&self, parameter: &Parameter) -> bool {
        self.place(parameter).is_ok()
    }

    /// The value of a parameter, to be changed; a default one where there was none.
    pub fn or_default(&mut self, parameter: &Parameter) -> &mut T
    where
        T: Default,
    {
        let place = self.place(parameter).unwrap_or_else(|place| {
            self.0.insert(place, (parameter.clone(), T::default()));
            place
        });
        &mut self.0[place].1
    }

    /// All, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&Parameter, &T)> {
        self.0.iter().map(|(parameter, value)| (parameter, value))
    }

    /// All, in order, to be changed.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (&Parameter, &mut T)> {
        self.0.iter_mut().map(|(parameter, value)| (&*parameter, value))
    }

    /// The parameters there are, in order.
    pub fn keys(&self) -> impl Iterator<Item = &Parameter> {
        self.0.iter().map(|(parameter, _)| parameter)
    }

    /// The values, in the parameters' order.
    pub fn values(&self) -> impl Iterator<Item = &T> {
        self.0.iter().map(|(_, value)| value)
    }

    /// Keeps those of the parameters that are wanted.
    pub fn retain(&mut self, is_wanted: impl Fn(&Parameter) -> bool) {
        self.0.retain(|(parameter, _)| is_wanted(parameter));
    }

    /// How many parameters there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// There is nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The same parameters, each with what its value gives.
    pub fn map<U>(&self, of: impl Fn(&T) -> U) -> ByParameter<U> {
        let mapped = self
            .0
            .iter()
            .map(|(parameter, value)| (parameter.clone(), of(value)));
        ByParameter(mapped.collect())
    }
}

impl<T> IntoIterator for ByParameter<T> {
    type Item = (Parameter, T);
    type IntoIter = std::vec::IntoIter<(Parameter, T)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a ByParameter<T> {
    type Item = &'a (Parameter, T);
    type IntoIter = std::slice::Iter<'a, (Parameter, T)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Known;

    #[test]
    fn values_stand_in_the_order_of_their_parameters_each_once() {
        let mut of_each = ByParameter::<u32>::default();
        for (count, known) in [Known::Weight, Known::Spo2, Known::Weight, Known::Pulse]
            .into_iter()
            .enumerate()
        {
            *of_each.or_default(&Parameter::Known(known)) += count as u32;
        }
        let mut parameters: Vec<Parameter> = of_each.keys().cloned().collect();
        assert_eq!((parameters.len(), of_each.len()), (3, 3));
        parameters.sort();
        assert!(of_each.keys().eq(&parameters));
        assert_eq!(of_each.get(&Parameter::Known(Known::Weight)), Some(&2));
        of_each.retain(|parameter| *parameter == Parameter::Known(Known::Spo2));
        assert!(of_each.values().eq(&[1]) && !of_each.contains_key(&Parameter::Known(Known::Weight)));
    }
}
