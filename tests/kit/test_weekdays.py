import pytest

from ancrage.kit.weekdays import WeekRead, read_week


@pytest.mark.parametrize(
    ("text", "half_days"),
    [
        ("mardi", 2),
        ("lundi;mercredi", 4),
        ("Lundi, mercredi et vendredi", 6),
        ("lundi / lundi", 2),
        ("lun. mer", None),
        ("lun, mer", 4),
        ("les mardis et jeudis", 4),
        ("lundi matin, mardi après-midi", 2),
        ("lundi matin et lundi après-midi", 2),
        ("du lundi au vendredi", 10),
        ("vendredi au lundi", None),
        ("3 jours par semaine", 6),
        ("2,5 jours", 5),
        ("0 jour", None),
        ("un mercredi sur deux", None),
        ("à convenir", None),
        ("", None),
    ],
)
def test_half_days_of_a_week_as_people_write_it(text, half_days):
    assert read_week(text) == WeekRead(half_days)


def test_lone_word_beside_a_day_is_a_stranger():
    assert read_week("lundi ; zorgdi ; selon planning") == WeekRead(None, ("zorgdi",))
    assert read_week("zorgdi") == WeekRead(None)
    assert read_week("lundi, vacances") == WeekRead(None, ("vacances",))
