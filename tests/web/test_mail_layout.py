from django.template import Context, Engine

from ancrage.kit.brand import brand_colours

CONTEXT = {
    "brand": {"name": "Ancrage", "tagline": "Santé & territoire", "colours": brand_colours()},
    "site_url": "https://ancrage.example",
    "contact_email": "contact@ancrage.example",
    "language": "fr",
}


def rendered(name: str, **values: str) -> str:
    template = Engine.get_default().get_template(name)
    return template.render(Context({**CONTEXT, **values}, autoescape=name.endswith(".html")))


def test_button_is_followed_by_its_address():
    html = rendered("email/act.html", url="https://x.example/a", label="Ouvrir")

    assert html.count("https://x.example/a") == 2
    assert '<a href="https://x.example/a">Ouvrir</a>' in html


def test_button_in_plain_text_is_its_address():
    assert rendered("email/act.txt", url="https://x.example/a", label="Ouvrir").split("\n") == [
        "Ouvrir\u00a0:",
        "https://x.example/a",
        "",
    ]


def test_mail_loads_nothing_from_elsewhere():
    html = rendered("email/base.html")

    assert [word for word in ("<img", "<link", "@import", "url(") if word in html] == []
    assert html.startswith("<!doctype html>")


def test_plain_text_is_signed():
    assert rendered("email/base.txt").endswith(
        "-- \nAncrage · Santé & territoire\nhttps://ancrage.example\n"
        "Une question ? contact@ancrage.example\n"
    )
