import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import ancrage.kit.search


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("partners", "0001_initial"),
        ("professions", "0001_initial"),
        ("territory", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Resource",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="créé le")),
                ("updated_at", models.DateTimeField(verbose_name="modifié le")),
                (
                    "published_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="publié le"),
                ),
                ("status_since", models.DateTimeField(verbose_name="dans cet état depuis")),
                (
                    "confirmed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="confirmé le"),
                ),
                (
                    "asked_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="actualité demandée le"
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=1)),
                ("search", ancrage.kit.search.SearchField(blank=True)),
                (
                    "reference",
                    models.CharField(blank=True, max_length=60, verbose_name="référence interne"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("staff_time", "Temps de personnel (mise à disposition)"),
                            ("training_place", "Terrain de stage ou maître de stage"),
                            ("tutor", "Tuteur ou tutrice"),
                            ("immersion", "Immersion, découverte d’un métier"),
                            ("housing", "Logement"),
                            ("childcare", "Place de garde d’enfants"),
                            ("vehicle", "Véhicule"),
                            ("room", "Salle ou cabinet"),
                            ("expertise", "Expertise"),
                            ("service", "Service ou accompagnement"),
                        ],
                        max_length=20,
                        verbose_name="nature",
                    ),
                ),
                ("title", models.CharField(max_length=160, verbose_name="intitulé")),
                ("quantity", models.PositiveSmallIntegerField(default=1, verbose_name="nombre")),
                (
                    "fte_hundredths",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="quotité partagée (%)"
                    ),
                ),
                (
                    "days",
                    models.CharField(blank=True, max_length=160, verbose_name="jours et heures"),
                ),
                ("available_from", models.DateField(verbose_name="disponible à partir du")),
                ("available_to", models.DateField(blank=True, null=True, verbose_name="jusqu’au")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                (
                    "contact_email",
                    models.EmailField(blank=True, max_length=254, verbose_name="boîte du service"),
                ),
                (
                    "contact_phone",
                    models.CharField(
                        blank=True, max_length=20, verbose_name="téléphone du service"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Brouillon"),
                            ("published", "Disponible"),
                            ("paused", "En pause"),
                            ("given", "Attribuée"),
                            ("withdrawn", "Retirée"),
                            ("expired", "Expirée"),
                        ],
                        default="draft",
                        max_length=12,
                        verbose_name="état",
                    ),
                ),
                (
                    "commune",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="resources",
                        to="territory.commune",
                        verbose_name="commune",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="resources",
                        to="partners.facility",
                        verbose_name="établissement",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="resources",
                        to="partners.partner",
                        verbose_name="structure",
                    ),
                ),
                (
                    "profession",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="resources",
                        to="professions.profession",
                        verbose_name="métier concerné",
                    ),
                ),
            ],
            options={
                "verbose_name": "ressource",
                "indexes": [
                    models.Index(fields=["status", "kind"], name="resource_status_kind"),
                    models.Index(fields=["partner", "status"], name="resource_partner_status"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("reference", ""), _negated=True),
                        fields=("partner", "reference"),
                        name="resource_reference_once",
                        violation_error_message="Une ressource de la structure porte déjà cette référence interne.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gte", 1), ("quantity__lte", 500)),
                        name="resource_quantity_range",
                        violation_error_message="Le nombre va de 1 à 500.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("fte_hundredths__isnull", True),
                            models.Q(("fte_hundredths__gte", 1), ("fte_hundredths__lte", 100)),
                            _connector="OR",
                        ),
                        name="resource_fte_range",
                        violation_error_message="La quotité va de 1 à 100 %.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("available_to__isnull", True),
                            ("available_to__gte", models.F("available_from")),
                            _connector="OR",
                        ),
                        name="resource_ends_after_start",
                        violation_error_message="La fin ne peut pas précéder le début.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ResourceStatusChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("page", "Saisie"),
                            ("import", "Import"),
                            ("freshness", "Lien du courriel"),
                            ("automatic", "Automatique"),
                            ("api", "API"),
                        ],
                        max_length=12,
                    ),
                ),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "before",
                    models.CharField(
                        choices=[
                            ("draft", "Brouillon"),
                            ("published", "Disponible"),
                            ("paused", "En pause"),
                            ("given", "Attribuée"),
                            ("withdrawn", "Retirée"),
                            ("expired", "Expirée"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "after",
                    models.CharField(
                        choices=[
                            ("draft", "Brouillon"),
                            ("published", "Disponible"),
                            ("paused", "En pause"),
                            ("given", "Attribuée"),
                            ("withdrawn", "Retirée"),
                            ("expired", "Expirée"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "resource",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="status_changes",
                        to="resources.resource",
                    ),
                ),
            ],
            options={
                "verbose_name": "changement d’état",
                "indexes": [models.Index(fields=["resource", "-at"], name="resource_change_at")],
            },
        ),
    ]
