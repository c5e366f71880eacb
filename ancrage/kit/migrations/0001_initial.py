import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import ancrage.kit.search


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="OutboxTask",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=200, unique=True)),
                ("kind", models.CharField(max_length=60)),
                ("payload", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField()),
                ("run_at", models.DateTimeField()),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("lease_until", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                ("abandoned_at", models.DateTimeField(null=True)),
                ("last_error", models.TextField(blank=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            ("abandoned_at__isnull", True), ("done_at__isnull", True)
                        ),
                        fields=["run_at", "id"],
                        name="outbox_waiting",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("done_at__isnull", True),
                            ("abandoned_at__isnull", True),
                            _connector="OR",
                        ),
                        name="outbox_one_end",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StagedImport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=60, verbose_name="contenu")),
                ("owner_key", models.CharField(max_length=60)),
                ("created_at", models.DateTimeField(verbose_name="déposé le")),
                ("filename", models.CharField(max_length=200, verbose_name="fichier")),
                ("search", ancrage.kit.search.SearchField(blank=True)),
                ("size", models.PositiveIntegerField(verbose_name="taille en octets")),
                ("sha256", models.CharField(max_length=64)),
                ("file_format", models.CharField(max_length=10)),
                ("sheet", models.TextField(blank=True, verbose_name="feuille")),
                ("options", models.JSONField(default=dict)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("pending", "en attente"),
                            ("staging", "lecture en cours"),
                            ("staged", "prêt à appliquer"),
                            ("failed", "illisible"),
                            ("cancelled", "interrompu"),
                            ("abandoned", "abandonné"),
                            ("applied", "appliqué"),
                        ],
                        default="pending",
                        max_length=12,
                        verbose_name="état",
                    ),
                ),
                ("attempt", models.PositiveIntegerField(default=0)),
                (
                    "progress",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="avancement en pour cent"
                    ),
                ),
                ("header_first", models.PositiveIntegerField(null=True)),
                ("header_last", models.PositiveIntegerField(null=True)),
                ("labels", models.JSONField(default=list)),
                ("signature", models.CharField(blank=True, max_length=64)),
                ("mapping", models.JSONField(default=list)),
                ("counts", models.JSONField(default=dict)),
                ("notices", models.JSONField(default=list)),
                ("failure_code", models.CharField(blank=True, max_length=40)),
                ("failure_facts", models.JSONField(default=dict)),
                ("applied_at", models.DateTimeField(null=True, verbose_name="appliqué le")),
                (
                    "applied_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="appliqué par",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="déposé par",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["kind", "owner_key", "-created_at"], name="staged_import_owner"
                    ),
                    models.Index(
                        fields=["kind", "owner_key", "sha256"], name="staged_import_twin"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("applied_at__isnull", False), ("status", "applied")),
                            models.Q(
                                models.Q(("status", "applied"), _negated=True),
                                ("applied_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="staged_import_applied_when",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StagedChunk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("content", models.BinaryField()),
                (
                    "staged",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="chunks",
                        to="kit.stagedimport",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("staged", "position"), name="staged_chunk_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportGate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=60)),
                ("owner_key", models.CharField(max_length=60)),
                ("token", models.CharField(blank=True, max_length=32)),
                ("held_until", models.DateTimeField(null=True)),
                (
                    "held_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="kit.stagedimport",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "owner_key"), name="import_gate_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="StagedMark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("line", models.PositiveIntegerField()),
                ("mark", models.CharField(max_length=32)),
                (
                    "staged",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="marks",
                        to="kit.stagedimport",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["staged", "mark"], name="staged_mark_mark"),
                    models.Index(fields=["staged", "line"], name="staged_mark_line"),
                ],
            },
        ),
        migrations.CreateModel(
            name="StagedRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("line", models.PositiveIntegerField(null=True)),
                ("cells", models.JSONField(default=list)),
                ("digest", models.CharField(max_length=32)),
                ("occurrence", models.PositiveIntegerField(default=1)),
                ("first_line", models.PositiveIntegerField(null=True)),
                ("corrections", models.JSONField(default=dict)),
                ("accepted", models.BooleanField(default=False)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("created", "à créer"),
                            ("changed", "à modifier"),
                            ("unchanged", "inchangée"),
                            ("to_check", "à vérifier"),
                            ("rejected", "refusée"),
                            ("ignored", "ignorée"),
                            ("closed", "à clore"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "planned",
                    models.CharField(
                        choices=[
                            ("created", "à créer"),
                            ("changed", "à modifier"),
                            ("unchanged", "inchangée"),
                            ("to_check", "à vérifier"),
                            ("rejected", "refusée"),
                            ("ignored", "ignorée"),
                            ("closed", "à clore"),
                        ],
                        max_length=10,
                    ),
                ),
                ("key", models.CharField(blank=True, max_length=200)),
                ("changes", models.JSONField(default=list)),
                ("problems", models.JSONField(default=list)),
                (
                    "staged",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="kit.stagedimport",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["staged", "outcome", "line"], name="staged_row_outcome"),
                    models.Index(fields=["staged", "digest"], name="staged_row_digest"),
                    models.Index(fields=["staged", "key"], name="staged_row_key"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("staged", "line"), name="staged_row_line_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="AuditLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="le")),
                ("action", models.CharField(max_length=60, verbose_name="action")),
                ("target_type", models.CharField(max_length=60)),
                ("target_id", models.CharField(max_length=40)),
                ("target_label", models.CharField(max_length=200)),
                ("scope", models.CharField(blank=True, max_length=60)),
                ("changes", models.JSONField(default=dict)),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="par",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["-at", "-id"], name="audit_at"),
                    models.Index(fields=["actor", "-at"], name="audit_actor_at"),
                    models.Index(fields=["scope", "-at"], name="audit_scope_at"),
                    models.Index(
                        fields=["target_type", "target_id", "-at"], name="audit_target_at"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportMapping",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=60)),
                ("owner_key", models.CharField(max_length=60)),
                ("signature", models.CharField(max_length=64)),
                ("codes", models.JSONField(default=list)),
                ("updated_at", models.DateTimeField()),
                (
                    "updated_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "owner_key", "signature"), name="import_mapping_once"
                    )
                ],
            },
        ),
    ]
