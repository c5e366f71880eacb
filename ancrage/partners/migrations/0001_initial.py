import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import ancrage.kit.search


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("territory", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="FacilityCategory",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=4, unique=True, verbose_name="code")),
                ("short", models.CharField(blank=True, max_length=40, verbose_name="sigle")),
                ("label_fr", models.CharField(max_length=160, verbose_name="libellé")),
                (
                    "label_en",
                    models.CharField(blank=True, max_length=160, verbose_name="libellé anglais"),
                ),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
                ("version", models.CharField(blank=True, max_length=40, verbose_name="version")),
                (
                    "valid_from",
                    models.DateField(blank=True, null=True, verbose_name="valable depuis"),
                ),
                (
                    "valid_to",
                    models.DateField(blank=True, null=True, verbose_name="valable jusqu’à"),
                ),
                ("reference", models.JSONField(blank=True, default=dict)),
            ],
            options={
                "verbose_name": "catégorie d’établissement",
            },
        ),
        migrations.CreateModel(
            name="Charter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveSmallIntegerField(verbose_name="version")),
                ("title", models.CharField(max_length=160, verbose_name="titre")),
                ("preamble", models.TextField(blank=True, verbose_name="préambule")),
                ("created_at", models.DateTimeField(verbose_name="rédigée le")),
                (
                    "published_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="publiée le"),
                ),
                ("revision", models.PositiveIntegerField(default=1)),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="charters",
                        to="territory.territory",
                    ),
                ),
            ],
            options={
                "verbose_name": "charte",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("territory", "version"), name="charter_version_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("published_at__isnull", True)),
                        fields=("territory",),
                        name="charter_one_draft",
                        violation_error_message="Un projet de charte est déjà en cours de rédaction.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Commitment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="rang")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("answer_delay", "Répondre aux candidats dans un délai (jours)"),
                            (
                                "pay_shown",
                                "Afficher une fourchette de rémunération (% des besoins)",
                            ),
                            ("needs_fresh", "Tenir ses besoins à jour (% des besoins)"),
                            ("no_poaching", "Ne pas démarcher les salariés d’un autre membre"),
                            (
                                "locum_grid",
                                "Appliquer la grille commune de rémunération des remplaçants",
                            ),
                            ("other", "Autre engagement"),
                        ],
                        max_length=20,
                        verbose_name="nature",
                    ),
                ),
                ("text", models.TextField(verbose_name="texte")),
                (
                    "threshold",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="seuil"),
                ),
                (
                    "charter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="commitments",
                        to="partners.charter",
                    ),
                ),
            ],
            options={
                "verbose_name": "engagement",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("charter", "position"), name="commitment_rank_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Facility",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="nom")),
                (
                    "finess_et",
                    models.CharField(blank=True, max_length=9, verbose_name="FINESS géographique"),
                ),
                (
                    "finess_ej",
                    models.CharField(
                        blank=True, db_index=True, max_length=9, verbose_name="FINESS juridique"
                    ),
                ),
                ("siret", models.CharField(blank=True, max_length=14, verbose_name="SIRET")),
                (
                    "siret_raw",
                    models.CharField(blank=True, max_length=40, verbose_name="SIRET reçu"),
                ),
                (
                    "siret_state",
                    models.CharField(
                        choices=[
                            ("valid", "vérifié"),
                            ("warn", "à vérifier"),
                            ("invalid", "invalide"),
                            ("unverified", "non vérifié"),
                        ],
                        default="unverified",
                        max_length=12,
                        verbose_name="état du SIRET",
                    ),
                ),
                (
                    "insee",
                    models.CharField(blank=True, max_length=5, verbose_name="code INSEE reçu"),
                ),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="adresse")),
                (
                    "postcode",
                    models.CharField(blank=True, max_length=5, verbose_name="code postal"),
                ),
                ("phone", models.CharField(blank=True, max_length=20, verbose_name="téléphone")),
                ("latitude", models.FloatField(blank=True, null=True, verbose_name="latitude")),
                ("longitude", models.FloatField(blank=True, null=True, verbose_name="longitude")),
                ("opened_on", models.DateField(blank=True, null=True, verbose_name="ouvert le")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="fermé le")),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
                (
                    "version",
                    models.CharField(
                        blank=True, max_length=40, verbose_name="version de la source"
                    ),
                ),
                ("imported", models.JSONField(blank=True, default=dict)),
                ("revision", models.PositiveIntegerField(default=1)),
                (
                    "commune",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="facilities",
                        to="territory.commune",
                        verbose_name="commune",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="facilities",
                        to="partners.facilitycategory",
                        verbose_name="catégorie",
                    ),
                ),
            ],
            options={
                "verbose_name": "établissement",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("latitude__isnull", True), ("longitude__isnull", True)),
                            models.Q(
                                ("latitude__range", (-90, 90)), ("longitude__range", (-180, 180))
                            ),
                            _connector="OR",
                        ),
                        name="facility_point_whole",
                        violation_error_message="La latitude et la longitude vont ensemble, en degrés.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("finess_et", ""), _negated=True),
                        fields=("finess_et",),
                        name="facility_finess_once",
                        violation_error_message="Un établissement porte déjà ce numéro FINESS.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CareUnit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="nom")),
                (
                    "facility",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="units",
                        to="partners.facility",
                    ),
                ),
            ],
            options={
                "verbose_name": "service",
                "constraints": [
                    models.UniqueConstraint(
                        models.F("facility"),
                        django.db.models.functions.text.Lower("name"),
                        name="care_unit_name_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Partner",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=80, unique=True, verbose_name="identifiant")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("public_hospital", "Établissement public de santé"),
                            ("public_care_home", "Établissement médico-social public"),
                            ("private", "Établissement privé"),
                            ("association", "Association"),
                            ("independent_practice", "Cabinet ou exercice coordonné"),
                            ("local_authority", "Collectivité locale"),
                            ("welcome", "Partenaire d’accueil (logement, garde, mobilité)"),
                            ("authority", "Autorité ou institution"),
                        ],
                        max_length=30,
                        verbose_name="nature",
                    ),
                ),
                ("name", models.CharField(max_length=160, verbose_name="nom")),
                (
                    "short_name",
                    models.CharField(blank=True, max_length=60, verbose_name="nom court"),
                ),
                ("search", ancrage.kit.search.SearchField(blank=True)),
                ("siren", models.CharField(blank=True, max_length=9, verbose_name="SIREN")),
                (
                    "finess_ej",
                    models.CharField(blank=True, max_length=9, verbose_name="FINESS juridique"),
                ),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="adresse")),
                ("website", models.URLField(blank=True, verbose_name="site internet")),
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
                ("presentation", models.TextField(blank=True, verbose_name="présentation")),
                (
                    "is_fictional",
                    models.BooleanField(default=False, verbose_name="structure fictive"),
                ),
                (
                    "to_complete",
                    models.BooleanField(default=False, verbose_name="fiche à compléter"),
                ),
                ("joined_at", models.DateTimeField(verbose_name="membre depuis")),
                ("left_at", models.DateTimeField(blank=True, null=True, verbose_name="partie le")),
                ("revision", models.PositiveIntegerField(default=1)),
                (
                    "commune",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="partners",
                        to="territory.commune",
                        verbose_name="commune du siège",
                    ),
                ),
                (
                    "perimeter",
                    models.ManyToManyField(
                        blank=True,
                        related_name="served_by",
                        to="territory.commune",
                        verbose_name="communes desservies",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="partners",
                        to="territory.territory",
                        verbose_name="territoire",
                    ),
                ),
            ],
            options={
                "verbose_name": "structure",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("siren", ""), _negated=True),
                        fields=("territory", "siren"),
                        name="partner_siren_once",
                        violation_error_message="Une structure du territoire porte déjà ce SIREN.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("finess_ej", ""), _negated=True),
                        fields=("territory", "finess_ej"),
                        name="partner_finess_once",
                        violation_error_message="Une structure du territoire porte déjà ce FINESS.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("employer", "Recrutement et ressources humaines"),
                            ("welcome_partner", "Accueil (logement, garde, mobilité)"),
                        ],
                        default="employer",
                        max_length=20,
                        verbose_name="rôle",
                    ),
                ),
                (
                    "is_manager",
                    models.BooleanField(default=False, verbose_name="gère la structure"),
                ),
                (
                    "may_sign",
                    models.BooleanField(default=False, verbose_name="peut signer la charte"),
                ),
                ("since", models.DateTimeField(verbose_name="depuis")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="jusqu’à")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="partners.partner",
                    ),
                ),
            ],
            options={
                "verbose_name": "rattachement",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("user", "partner", "role"),
                        name="membership_once",
                        violation_error_message="Cette personne est déjà membre de la structure.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("email", models.EmailField(max_length=254, verbose_name="adresse électronique")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("employer", "Recrutement et ressources humaines"),
                            ("welcome_partner", "Accueil (logement, garde, mobilité)"),
                        ],
                        default="employer",
                        max_length=20,
                        verbose_name="rôle",
                    ),
                ),
                (
                    "is_manager",
                    models.BooleanField(default=False, verbose_name="gère la structure"),
                ),
                (
                    "may_sign",
                    models.BooleanField(default=False, verbose_name="peut signer la charte"),
                ),
                ("token_digest", models.CharField(max_length=64, unique=True)),
                ("invited_at", models.DateTimeField(verbose_name="invitée le")),
                ("expires_at", models.DateTimeField(verbose_name="expire le")),
                (
                    "accepted_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="acceptée le"),
                ),
                (
                    "cancelled_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="annulée le"),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to="partners.partner",
                    ),
                ),
            ],
            options={
                "verbose_name": "invitation",
                "constraints": [
                    models.UniqueConstraint(
                        models.F("partner"),
                        django.db.models.functions.text.Lower("email"),
                        models.F("role"),
                        condition=models.Q(
                            ("accepted_at__isnull", True), ("cancelled_at__isnull", True)
                        ),
                        name="invitation_pending_once",
                        violation_error_message="Une invitation est déjà en attente pour cette adresse.",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="facility",
            name="partner",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="facilities",
                to="partners.partner",
                verbose_name="structure",
            ),
        ),
        migrations.CreateModel(
            name="CharterSignature",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("signatory", models.CharField(max_length=160, verbose_name="signataire")),
                ("capacity", models.CharField(max_length=160, verbose_name="en qualité de")),
                ("signed_at", models.DateTimeField(verbose_name="signée le")),
                (
                    "charter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="partners.charter",
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="partners.partner",
                    ),
                ),
            ],
            options={
                "verbose_name": "signature de la charte",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("charter", "partner"),
                        name="charter_signed_once",
                        violation_error_message="La structure a déjà signé cette version.",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="facility",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("partner__isnull", False),
                    models.Q(("finess_et", ""), _negated=True),
                    _connector="OR",
                ),
                name="facility_held_or_known",
                violation_error_message="Un site sans structure doit porter un numéro FINESS.",
            ),
        ),
    ]
