use super::*;

fn reviewed_to(stage: Stage) -> InReview {
    let mut s = Draft.submit();
    while s.stage != stage {
        s = s.advance().unwrap();
    }
    s
}

#[test]
fn the_straight_way_passes_every_stage_in_order() {
    let s = Draft.submit();
    assert_eq!(State::from(s.clone()).stage(), Some(Stage::Intake));
    let s = s.advance().unwrap().advance().unwrap();
    assert_eq!(State::from(s.clone()).stage(), Some(Stage::Agreement));
    assert_eq!(s.clone().advance(), Err(Code::IllegalMove));
    assert_eq!(State::from(s.approve().unwrap()).stage(), Some(Stage::Issue));
}

#[test]
fn nothing_is_approved_before_it_is_agreed() {
    assert_eq!(reviewed_to(Stage::Intake).approve(), Err(Code::IllegalMove));
    assert_eq!(reviewed_to(Stage::DocumentCheck).approve(), Err(Code::IllegalMove));
}

#[test]
fn a_decided_application_takes_no_further_move() {
    let now = Timestamp(0);
    for state in [
        State::from(reviewed_to(Stage::Agreement).approve().unwrap()),
        reviewed_to(Stage::Intake).reject(vec![]).into(),
        reviewed_to(Stage::Intake).withdraw().into(),
    ] {
        assert!(state.status().unwrap().is_final());
        assert_eq!(state.clone().submit(), Err(Code::AlreadySubmitted));
        assert_eq!(state.clone().withdraw(), Err(Code::IllegalMove));
        assert_eq!(state.clone().expire(now), Err(Code::IllegalMove));
        assert_eq!(state.in_review(), Err(Code::IllegalMove));
    }
}

#[test]
fn an_answer_in_time_returns_and_one_too_late_closes() {
    let asked = reviewed_to(Stage::DocumentCheck).ask(vec![], Timestamp(1000));
    assert_eq!(asked.clone().expire(Timestamp(1000)), Err(Code::IllegalMove));
    assert!(asked.clone().expire(Timestamp(1001)).is_ok());
    assert_eq!(State::from(asked.answer()).stage(), Some(Stage::Intake));
}

#[test]
fn every_state_survives_storage() {
    let reasons = vec![Reason::new(Code::RegistrySnilsMismatch, &[Field::Snils])];
    for state in [
        State::from(Draft),
        reviewed_to(Stage::DocumentCheck).into(),
        reviewed_to(Stage::Intake).ask(reasons.clone(), Timestamp(5)).into(),
        reviewed_to(Stage::Intake).await_document(reasons.clone(), Timestamp(5)).into(),
        reviewed_to(Stage::Agreement).approve().unwrap().into(),
        reviewed_to(Stage::Agreement).reject(reasons).into(),
        reviewed_to(Stage::Agreement).withdraw().into(),
    ] {
        let back = State::from_parts(state.status(), state.stage(), state.reasons().to_vec(), state.until()).unwrap();
        assert_eq!(back, state);
    }
    assert_eq!(State::from_parts(Some(Status::Approved), Some(Stage::Intake), vec![], None), None);
}

#[test]
fn only_an_upheld_appeal_opens_a_refusal_again_where_it_was_refused() {
    let refused = State::from(Draft.submit().advance().unwrap().reject(vec![]));
    let again = State::from(refused.rejected().unwrap().reconsider(&crate::appeals::Upheld));
    assert_eq!((again.status(), again.stage()), (Some(Status::InReview), Some(Stage::DocumentCheck)));
    for other in [State::from(Approved), Draft.submit().into(), Draft.submit().withdraw().into()] {
        assert_eq!(other.rejected().err(), Some(Code::IllegalMove));
    }
}
