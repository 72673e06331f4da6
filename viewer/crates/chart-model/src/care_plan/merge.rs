//! Two plans that were edited from the same one, put together.
//!
//! Rule: by place. What one editor left alone, the other decides; what both changed in the same way
//! counts once; inside a text, a contact and a set of limits it goes on by word, field and bound. What
//! cannot be put together is a [`Clash`], and nothing is decided for the doctor.

use super::diff::{lists, predecessor};
use super::order;
use super::{CarePlan, Contact, FollowUp, Key, LimitSet, List, Place, Value, merge_text};

/// The result of a merge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged {
    /// Both editors' changes; where they clash, what stands in `theirs` until it is decided.
    pub plan: CarePlan,
    /// What has to be decided, in the order of the plan.
    pub clashes: Vec<Clash>,
}

/// A place that both editors changed, in ways that cannot both be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    /// Where.
    pub place: Place,
    /// What stood there when both began.
    pub base: Option<Value>,
    /// What I want there.
    pub mine: Option<Value>,
    /// What they want there.
    pub theirs: Option<Value>,
    /// The item that mine comes after, for an item of a list.
    pub follows: Option<Key>,
}

/// How a clash is decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// As I have it.
    Mine,
    /// As they have it.
    Theirs,
    /// Something else, written anew.
    Other(Option<Value>),
}

impl Merged {
    /// Decides a clash and takes it off the list.
    pub fn resolve(&mut self, place: &Place, choice: Choice) {
        let Some(at) = self.clashes.iter().position(|clash| clash.place == *place) else {
            return;
        };
        let clash = self.clashes.remove(at);
        let value = match choice {
            Choice::Mine => clash.mine,
            Choice::Theirs => clash.theirs,
            Choice::Other(value) => value,
        };
        self.plan.set_after(clash.place, value, clash.follows.as_ref());
    }
}

/// Merges two plans edited from `base`: `mine`, and `theirs`, which was saved first. Where nothing
/// clashes the result is the same if the two change places.
pub fn merge(base: &CarePlan, mine: &CarePlan, theirs: &CarePlan) -> Merged {
    let mut plan = CarePlan::default();
    let mut clashes = Vec::new();
    let mut places: Vec<&Place> = Vec::new();
    for of in [theirs, mine, base] {
        // Deleted by both: nothing to say.
        let there = of.entries().iter().map(|(place, _)| place);
        places.extend(there.filter(|place| mine.get(place).is_some() || theirs.get(place).is_some()));
    }
    crate::order::few(&mut places, Ord::cmp);
    places.dedup();
    for place in places {
        let (b, m, t) = (base.get(place), mine.get(place), theirs.get(place));
        let value = match merge_value(b, m, t) {
            Some(value) => value,
            None => {
                clashes.push(Clash {
                    place: place.clone(),
                    base: b.cloned(),
                    mine: m.cloned(),
                    theirs: t.cloned(),
                    follows: predecessor(mine, place),
                });
                t.cloned()
            }
        };
        plan.set(place.clone(), value);
    }
    let mut all_lists = lists(mine, theirs);
    all_lists.extend(lists(base, base));
    crate::order::few(&mut all_lists, Ord::cmp);
    all_lists.dedup();
    for list in all_lists {
        clashes.extend(merge_order(list, base, mine, theirs, &mut plan));
    }
    crate::order::few(&mut clashes, |a, b| a.place.section().cmp(&b.place.section()));
    Merged { plan, clashes }
}

/// Puts the items of a list that are in `plan` into the merged order.
fn merge_order(
    list: List,
    base: &CarePlan,
    mine: &CarePlan,
    theirs: &CarePlan,
    plan: &mut CarePlan,
) -> Option<Clash> {
    let kept: Vec<Key> = plan.keys(&list).into_iter().cloned().collect();
    let [b, m, t] = [base, mine, theirs].map(|of| of.keys(&list));
    let (order, clash) = order::merged(&b, &m, &t, &kept);
    plan.set(Place::Order(list), Some(Value::Order(order)));
    let value = |keys: &[&Key]| Some(Value::Order(keys.iter().map(|key| (*key).clone()).collect()));
    clash.then(|| Clash {
        place: Place::Order(list),
        base: value(&b),
        mine: value(&m),
        theirs: value(&t),
        follows: None,
    })
}

/// The merged value of one place; `None` on a clash.
fn merge_value(base: Option<&Value>, mine: Option<&Value>, theirs: Option<&Value>) -> Option<Option<Value>> {
    if mine == theirs || theirs == base {
        return Some(mine.cloned());
    }
    if mine == base {
        return Some(theirs.cloned());
    }
    let merged = match (base?, mine?, theirs?) {
        (Value::Text(b), Value::Text(m), Value::Text(t)) => Value::Text(merge_text(b, m, t)?),
        (Value::Contact(b), Value::Contact(m), Value::Contact(t)) => Value::Contact(merge_contact(b, m, t)?),
        (Value::FollowUp(b), Value::FollowUp(m), Value::FollowUp(t)) => Value::FollowUp(FollowUp {
            who: merge_contact(&b.who, &m.who, &t.who)?,
            until: merge_field(&b.until, &m.until, &t.until)?,
        }),
        (Value::Limits(b), Value::Limits(m), Value::Limits(t)) => Value::Limits(LimitSet::merge(b, m, t)?),
        _ => return None,
    };
    // Neither wanted the place empty: what each left was taken out by the other.
    (!merged.is_blank()).then_some(Some(merged))
}

fn merge_contact(base: &Contact, mine: &Contact, theirs: &Contact) -> Option<Contact> {
    let fields = base.fields().into_iter().zip(mine.fields()).zip(theirs.fields());
    let fields: Option<Vec<String>> = fields.map(|((b, m), t)| merge_field(b, m, t)).collect();
    Some(Contact::from_fields(fields?.try_into().ok()?))
}

/// A field is taken whole: half of a phone number is nobody's.
fn merge_field(base: &str, mine: &str, theirs: &str) -> Option<String> {
    let whole = if mine == theirs || theirs == base {
        mine
    } else if mine == base {
        theirs
    } else {
        return None;
    };
    Some(whole.to_owned())
}
