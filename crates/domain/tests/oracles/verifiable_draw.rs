//! A draw equals the one that an independent program drew from the same seed.

use quarterlight_domain::case_list::Reference;
use quarterlight_domain::draw::{Seed, draw};
use quarterlight_domain::frame::{Frame, Stratum};

use super::{cases, strings};

#[test]
fn the_keyed_hash_order_is_the_oracles() {
    let mut checked = 0;
    for case in cases("verifiable_draw.json") {
        let id = case["id"].as_str().unwrap();
        if id.starts_with("rfc3797") {
            // A different method, which draws from one list by position: the product does not offer it.
            continue;
        }
        let inputs = &case["inputs"];
        let stratum = Stratum::new(inputs["stratum"].as_str().unwrap()).unwrap();
        let records = strings(&inputs["case_ids"]);
        let frame =
            Frame::new(records.iter().map(|text| (stratum.clone(), Reference::new(text).unwrap())));
        let wanted = usize::try_from(inputs["select"].as_u64().unwrap()).unwrap();
        let seed = Seed::new(inputs["seed"].as_str().unwrap()).unwrap();
        let picks = draw(&frame.unwrap(), &seed, &[(stratum, wanted)].into()).unwrap();

        let names = |reserve: bool| -> Vec<String> {
            let of_kind = picks.iter().filter(|pick| pick.reserve == reserve);
            of_kind.map(|pick| pick.reference.to_string()).collect()
        };
        assert_eq!(names(false), strings(&case["expected"]["selected"]), "{id}");
        let reserves = strings(&case["expected"]["reserves"]);
        assert_eq!(names(true)[..reserves.len()], reserves[..], "{id}");
        checked += 1;
    }
    assert!(checked > 0, "no case of the keyed-hash method was there to check");
}
