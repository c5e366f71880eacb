"""The interface is complete in both languages, and French counts as the French do."""

from django.utils import translation
from django.utils.translation import ngettext

from ancrage.kit.messages import extract, problems


def test_catalogues_equal_the_code_and_english_is_complete():
    assert problems() == []


def test_zero_is_singular_in_french_and_plural_in_english():
    plurals = [message for message in extract() if message.plural and not message.context]

    with translation.override("fr"):
        french = [ngettext(message.text, message.plural or "", 0) for message in plurals]

    assert plurals != []
    assert french == [message.text for message in plurals]
