from typing import Any

from django.db import migrations

from ancrage.kit.search import SearchField
from ancrage.kit.text import words


def fill_search(apps: Any, schema_editor: Any) -> None:
    """Fold the names of the files deposited before."""
    staged_imports = apps.get_model("kit", "StagedImport")
    for staged in staged_imports.objects.order_by("pk").iterator(chunk_size=500):
        staged.search = " ".join(words(staged.filename))
        staged.save(update_fields=["search"])


class Migration(migrations.Migration):
    dependencies = [
        ("kit", "0003_audit_order"),
    ]

    operations = [
        migrations.AddField(
            model_name="stagedimport",
            name="search",
            field=SearchField(blank=True),
        ),
        migrations.RunPython(fill_search, migrations.RunPython.noop, elidable=True),
    ]
