"""The checklist, amounts as people write them, and the canonical fingerprint."""

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.submission_check import (
    AMOUNT_MAX_CENTS,
    CANVAS_SECTIONS,
    AmountFault,
    Check,
    Draft,
    Item,
    canonical_json,
    check_submission,
    fingerprint,
    is_web_address,
    list_missing,
    parse_amount,
    typed_amount,
)

FULL_CANVAS = dict.fromkeys(CANVAS_SECTIONS, "words")
WHOLE = Draft(
    title="Night library",
    summary="A room",
    canvas=FULL_CANVAS,
    lines=[("Lamps", 30_000), ("Rent", 90_000)],
    ask_cents=120_000,
    video_url="https://video.example/1",
    files=2,
    is_money_at_stake=True,
)


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("1.200,50", 120_050), ("1,200.50", 120_050), ("1200", 120_000), ("1 200,50", 120_050),
        ("1\u00a0200", 120_000), ("1\u202f200,5", 120_050), ("1'200", 120_000),
        ("1’200.00", 120_000),
        ("1.200", 120_000), ("1,200", 120_000), ("1.20", 120), ("1,2", 120), ("0", 0), ("0,05", 5),
        ("1.200.300", 120_030_000), ("１２", 1200), (" 7 ", 700), ("10000000", AMOUNT_MAX_CENTS),
    ],
)  # fmt: skip
def test_amounts_are_read_as_people_write_them(typed: str, cents: int) -> None:
    assert parse_amount(typed) == cents


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("", AmountFault.EMPTY), ("  ", AmountFault.EMPTY),
        ("-5", AmountFault.NEGATIVE), ("−5", AmountFault.NEGATIVE),
        ("12a", AmountFault.NOT_A_NUMBER), ("1.2000", AmountFault.NOT_A_NUMBER),
        ("12,34.5", AmountFault.NOT_A_NUMBER), ("1.200.5", AmountFault.NOT_A_NUMBER),
        ("1,200,50", AmountFault.NOT_A_NUMBER), ("0.500", AmountFault.NOT_A_NUMBER),
        ("5.", AmountFault.NOT_A_NUMBER), (".5", AmountFault.NOT_A_NUMBER),
        ("1e3", AmountFault.NOT_A_NUMBER), ("NaN", AmountFault.NOT_A_NUMBER),
        ("1.200 300", AmountFault.NOT_A_NUMBER), ("٣", AmountFault.NOT_A_NUMBER),
        ("10000000,01", AmountFault.TOO_LARGE), ("9" * 5000, AmountFault.TOO_LARGE),
    ],
)  # fmt: skip
def test_amounts_that_could_mean_two_things_are_refused(typed: str, fault: AmountFault) -> None:
    assert parse_amount(typed) is fault


@given(
    cents=st.integers(0, AMOUNT_MAX_CENTS),
    signs=st.sampled_from([(".", ","), (",", "."), (" ", ","), ("'", "."), ("", "."), ("", ",")]),
)
def test_every_way_of_writing_an_amount_means_the_same(cents: int, signs: tuple[str, str]) -> None:
    group, decimal = signs
    whole = f"{cents // 100:,}".replace(",", group)
    assert parse_amount(f"{whole}{decimal}{cents % 100:02}") == cents


@given(st.integers(0, AMOUNT_MAX_CENTS))
def test_an_amount_that_is_shown_to_be_typed_anew_reads_back(cents: int) -> None:
    assert parse_amount(typed_amount(cents)) == cents


@given(st.text(max_size=20))
def test_any_text_is_an_amount_or_a_fault(text: str) -> None:
    answer = parse_amount(text)
    assert isinstance(answer, AmountFault) or 0 <= answer <= AMOUNT_MAX_CENTS


def test_a_whole_submission_lacks_nothing() -> None:
    checks = check_submission(WHOLE)
    assert [check.is_done for check in checks] == [True] * 6
    assert list_missing(checks) == ()


def test_an_empty_draft_lacks_all_that_is_required() -> None:
    checks = check_submission(Draft(is_money_at_stake=True))
    assert list_missing(checks) == (Item.TITLE, Item.SUMMARY, Item.CANVAS, Item.BUDGET)
    assert checks[2] == Check(Item.CANVAS, False, True, 0, 8)
    assert [check.item for check in checks if not check.is_required] == [Item.VIDEO, Item.FILES]


@pytest.mark.parametrize(
    ("lines", "ask_cents", "is_money_at_stake", "is_done"),
    [
        ([], 0, False, True),
        ([], 0, True, False),
        ([("Lamps", 100)], 100, True, True),
        ([("Lamps", 100)], 90, True, False),
        ([(" ", 100)], 100, True, False),
        ([("Lamps", 100), ("Rent", 0)], 100, True, False),
    ],
)
def test_a_budget_is_whole_when_named_lines_add_up_to_the_ask(
    lines: list[tuple[str, int]], ask_cents: int, is_money_at_stake: bool, is_done: bool
) -> None:
    draft = Draft(lines=lines, ask_cents=ask_cents, is_money_at_stake=is_money_at_stake)
    assert check_submission(draft)[3].is_done is is_done


def test_a_canvas_counts_written_sections_and_ignores_unknown_ones() -> None:
    draft = Draft(canvas={"problem": "x", "people": " \n", "elsewhere": "y"})
    assert check_submission(draft)[2].done == 1


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("https://video.example/watch?v=1", True), ("http://пример.example/", True),
        ("javascript:alert(1)", False), ("https://", False), ("video.example", False),
        ("https://a b", False), ("http://[", False), ("https://x:99999/", False),
        ("data:text/html,x", False), ("", False), ("https://a\u0000b", False),
    ],
)  # fmt: skip
def test_only_web_addresses_become_links(text: str, is_one: bool) -> None:
    assert is_web_address(text) is is_one


def test_canonical_json_follows_rfc_8785() -> None:
    value = {"€": 1, "\r": 2.0, "1": 4.5, "😀": [None, True, "ä\n"], "\ufb33": 0.00001, "ö": (-3,)}
    assert canonical_json(value).decode() == (
        '{"\\r":2,"1":4.5,"ö":[-3],"€":1,"😀":[null,true,"ä\\n"],"\ufb33":0.00001}'
    )


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_canonical_json_says_the_same_value(value: object) -> None:
    assert json.loads(canonical_json(value)) == value


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 2**60, 1e-9, {1: "x"}, {"x"}, b"x"])
def test_values_without_one_way_to_write_them_are_refused(value: object) -> None:
    with pytest.raises(ValueError, match="no canonical form"):
        canonical_json(value)


def test_a_fingerprint_does_not_depend_on_the_order_of_keys() -> None:
    assert fingerprint({"b": 1, "a": 2}) == hashlib.sha256(b'{"a":2,"b":1}').hexdigest()
