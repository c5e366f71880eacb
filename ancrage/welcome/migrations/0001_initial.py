import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("partners", "0001_initial"),
        ("privacy", "0001_initial"),
        ("professions", "0001_initial"),
        ("resources", "0001_initial"),
        ("territory", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="LifeProject",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("needs", models.JSONField(default=list, verbose_name="ce qui est cherché")),
                ("arrives_on", models.DateField(blank=True, null=True, verbose_name="arrivée")),
                ("leaves_on", models.DateField(blank=True, null=True, verbose_name="départ")),
                (
                    "max_minutes",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="trajet accepté (minutes)"
                    ),
                ),
                ("adults", models.PositiveSmallIntegerField(default=1, verbose_name="adultes")),
                ("child_ages", models.JSONField(default=list, verbose_name="âges des enfants")),
                (
                    "has_vehicle",
                    models.BooleanField(null=True, verbose_name="dispose d’un véhicule"),
                ),
                (
                    "spouse_trade",
                    models.CharField(blank=True, max_length=120, verbose_name="autre métier"),
                ),
                ("shifts", models.JSONField(default=list, verbose_name="horaires de travail")),
                (
                    "max_price_cents",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="loyer accepté (centimes)"
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="ouvert le")),
                ("updated_at", models.DateTimeField(verbose_name="modifié le")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="clos le")),
                ("revision", models.PositiveIntegerField(default=1)),
                (
                    "spouse_profession",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="professions.profession",
                        verbose_name="métier du conjoint ou de la conjointe",
                    ),
                ),
                (
                    "subject",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="life_project",
                        to="privacy.datasubject",
                    ),
                ),
                (
                    "workplace",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territory.commune",
                        verbose_name="commune du travail",
                    ),
                ),
            ],
            options={
                "verbose_name": "projet de vie",
                "indexes": [
                    models.Index(
                        condition=models.Q(("closed_at__isnull", False)),
                        fields=["closed_at"],
                        name="life_project_closed",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("leaves_on__isnull", True),
                            ("arrives_on__isnull", True),
                            ("leaves_on__gte", models.F("arrives_on")),
                            _connector="OR",
                        ),
                        name="life_project_dates_in_order",
                        violation_error_message="Le départ ne peut pas précéder l’arrivée.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("adults__gte", 1), ("adults__lte", 12)),
                        name="life_project_adults_range",
                        violation_error_message="Le foyer compte de 1 à 12 adultes.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ServiceOrigin",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.CharField(max_length=120, verbose_name="source")),
                (
                    "external_id",
                    models.CharField(max_length=250, verbose_name="identifiant à la source"),
                ),
                ("updated_on", models.DateField(verbose_name="modifié à la source le")),
                ("record", models.JSONField(default=dict)),
                ("facts", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField(verbose_name="repris le")),
                (
                    "resource",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="welcome_origin",
                        to="resources.resource",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="territory.territory",
                    ),
                ),
            ],
            options={
                "verbose_name": "service d’un autre annuaire",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("territory", "source", "external_id"),
                        name="welcome_service_origin_once",
                        violation_error_message="Ce service est déjà repris.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StructureOrigin",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.CharField(max_length=120, verbose_name="source")),
                (
                    "external_id",
                    models.CharField(max_length=250, verbose_name="identifiant à la source"),
                ),
                ("updated_on", models.DateField(verbose_name="modifié à la source le")),
                ("record", models.JSONField(default=dict)),
                ("facts", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField(verbose_name="repris le")),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="origins",
                        to="partners.partner",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="territory.territory",
                    ),
                ),
            ],
            options={
                "verbose_name": "structure d’un autre annuaire",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("territory", "source", "external_id"),
                        name="welcome_structure_origin_once",
                        violation_error_message="Cette structure est déjà reprise.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="WelcomeRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("housing", "Logement"),
                            ("childcare", "Garde d’enfants"),
                            ("mobility", "Mobilité"),
                            ("spouse_job", "Emploi du conjoint ou de la conjointe"),
                            ("school", "École et activités"),
                            ("formalities", "Formalités"),
                        ],
                        max_length=12,
                        verbose_name="pour",
                    ),
                ),
                ("first_name", models.CharField(blank=True, max_length=80, verbose_name="prénom")),
                (
                    "email",
                    models.EmailField(
                        blank=True, max_length=254, verbose_name="adresse électronique"
                    ),
                ),
                ("phone", models.CharField(blank=True, max_length=20, verbose_name="téléphone")),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="du")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="au")),
                (
                    "granted_from",
                    models.DateField(blank=True, null=True, verbose_name="accordée du"),
                ),
                (
                    "granted_to",
                    models.DateField(blank=True, null=True, verbose_name="accordée jusqu’au"),
                ),
                ("places", models.PositiveSmallIntegerField(default=1, verbose_name="places")),
                ("child_ages", models.JSONField(default=list, verbose_name="âges des enfants")),
                ("message", models.TextField(blank=True, verbose_name="message")),
                ("answer", models.TextField(blank=True, verbose_name="réponse")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("sent", "Envoyée"),
                            ("seen", "Lue"),
                            ("granted", "Accordée"),
                            ("refused", "Refusée"),
                            ("closed", "Close"),
                        ],
                        default="sent",
                        max_length=8,
                        verbose_name="état",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("full", "Plus de place à ces dates"),
                            ("not_suited", "Ne convient pas à cette demande"),
                            ("no_longer_needed", "La personne n’en a plus besoin"),
                            ("cancelled_by_partner", "Annulée par le partenaire"),
                            ("consent_withdrawn", "La personne a retiré son accord"),
                        ],
                        max_length=20,
                        verbose_name="raison",
                    ),
                ),
                ("sent_at", models.DateTimeField(verbose_name="envoyée le")),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="réponse le"),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="close le")),
                (
                    "reminded_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="relancée le"),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="welcome_requests",
                        to="partners.partner",
                        verbose_name="partenaire",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="requests",
                        to="welcome.lifeproject",
                    ),
                ),
                (
                    "resource",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="welcome_requests",
                        to="resources.resource",
                        verbose_name="offre",
                    ),
                ),
            ],
            options={
                "verbose_name": "demande d’accueil",
                "indexes": [
                    models.Index(fields=["partner", "state"], name="welcome_request_partner"),
                    models.Index(fields=["state", "sent_at"], name="welcome_request_waiting"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["sent", "seen", "granted"])),
                        fields=("project", "resource"),
                        name="welcome_request_once",
                        violation_error_message="Cette offre est déjà demandée pour ce projet.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("starts_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="welcome_request_dates_in_order",
                        violation_error_message="La fin ne peut pas précéder le début.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_at__isnull", True),
                                ("state__in", ["sent", "seen", "granted"]),
                            ),
                            models.Q(
                                ("ended_at__isnull", False), ("state__in", ["refused", "closed"])
                            ),
                            _connector="OR",
                        ),
                        name="welcome_request_ended_has_date",
                        violation_error_message="Une demande close porte la date de sa fin.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TakenDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place", models.PositiveSmallIntegerField(verbose_name="place")),
                ("on", models.DateField(verbose_name="jour")),
                (
                    "resource",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="welcome_taken_days",
                        to="resources.resource",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="taken_days",
                        to="welcome.welcomerequest",
                    ),
                ),
            ],
            options={
                "verbose_name": "jour pris",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("resource", "on", "place"),
                        name="welcome_day_taken_once",
                        violation_error_message="Cette place est déjà donnée ce jour-là.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RequestMove",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "before",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("sent", "Envoyée"),
                            ("seen", "Lue"),
                            ("granted", "Accordée"),
                            ("refused", "Refusée"),
                            ("closed", "Close"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "after",
                    models.CharField(
                        choices=[
                            ("sent", "Envoyée"),
                            ("seen", "Lue"),
                            ("granted", "Accordée"),
                            ("refused", "Refusée"),
                            ("closed", "Close"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("full", "Plus de place à ces dates"),
                            ("not_suited", "Ne convient pas à cette demande"),
                            ("no_longer_needed", "La personne n’en a plus besoin"),
                            ("cancelled_by_partner", "Annulée par le partenaire"),
                            ("consent_withdrawn", "La personne a retiré son accord"),
                        ],
                        max_length=20,
                    ),
                ),
                ("at", models.DateTimeField()),
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
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="moves",
                        to="welcome.welcomerequest",
                    ),
                ),
            ],
            options={
                "verbose_name": "étape d’une demande",
                "indexes": [models.Index(fields=["request", "-at"], name="welcome_move_at")],
            },
        ),
        migrations.CreateModel(
            name="WelcomeTerms",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("housing", "Logement"),
                            ("childcare", "Garde d’enfants"),
                            ("mobility", "Mobilité"),
                            ("spouse_job", "Emploi du conjoint ou de la conjointe"),
                            ("school", "École et activités"),
                            ("formalities", "Formalités"),
                        ],
                        max_length=12,
                        verbose_name="pour",
                    ),
                ),
                ("themes", models.JSONField(default=list, verbose_name="thématiques")),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="adresse")),
                (
                    "comes_to_you",
                    models.BooleanField(
                        default=False, verbose_name="se déplace ou répond à distance"
                    ),
                ),
                ("area", models.JSONField(default=list, verbose_name="zone desservie")),
                (
                    "price_cents",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="prix par mois (centimes)"
                    ),
                ),
                (
                    "price_note",
                    models.CharField(
                        blank=True, max_length=160, verbose_name="précision sur le prix"
                    ),
                ),
                (
                    "opening_hours",
                    models.CharField(blank=True, max_length=255, verbose_name="horaires"),
                ),
                (
                    "age_from_months",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="âge minimal"
                    ),
                ),
                (
                    "age_to_months",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="âge maximal"
                    ),
                ),
                (
                    "holds",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="personnes par place"
                    ),
                ),
                ("has_places", models.BooleanField(default=True, verbose_name="places comptées")),
                ("calendar_revision", models.PositiveIntegerField(default=1)),
                ("updated_at", models.DateTimeField(verbose_name="modifié le")),
                (
                    "resource",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="welcome_terms",
                        to="resources.resource",
                        verbose_name="ressource",
                    ),
                ),
            ],
            options={
                "verbose_name": "conditions d’accueil",
                "indexes": [models.Index(fields=["kind"], name="welcome_kind")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("age_from_months__isnull", True),
                            ("age_to_months__isnull", True),
                            ("age_to_months__gte", models.F("age_from_months")),
                            _connector="OR",
                        ),
                        name="welcome_ages_in_order",
                        violation_error_message="L’âge maximal ne peut pas être sous l’âge minimal.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Availability",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="du")),
                ("ends_on", models.DateField(verbose_name="au")),
                ("places", models.PositiveSmallIntegerField(default=1, verbose_name="places")),
                (
                    "resource",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="welcome_availabilities",
                        to="resources.resource",
                    ),
                ),
            ],
            options={
                "verbose_name": "période ouverte",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="welcome_availability_in_order",
                        violation_error_message="La fin ne peut pas précéder le début.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("places__gte", 1), ("places__lte", 500)),
                        name="welcome_availability_places",
                        violation_error_message="Le nombre de places va de 1 à 500.",
                    ),
                    models.UniqueConstraint(
                        fields=("resource", "starts_on"),
                        name="welcome_availability_once",
                        violation_error_message="Une période commence déjà ce jour-là.",
                    ),
                ],
            },
        ),
    ]
